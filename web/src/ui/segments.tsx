// A few choices side by side, one of them on: a radio group that arrows walk.
import { type KeyboardEvent, type ReactNode, useRef } from 'react';

import { cn } from '../lib/cn';

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
}

export function Segments<T extends string>({ label, value, options, onChange }: SegmentsProps<T>) {
  const group = useRef<HTMLSpanElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const now = options.findIndex((option) => option.value === value);
    const index = (now + step + options.length) % options.length;
    const next = options[index];
    if (!next) return;
    onChange(next.value);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[index]?.focus();
  };
  return (
    <span
      ref={group} role="radiogroup" aria-label={label} onKeyDown={onKey}
      className="inline-flex flex-none rounded-m border border-line-strong bg-surface"
    >
      {options.map((option, i) => {
        const on = option.value === value;
        return (
          <button
            key={option.value} type="button" role="radio" aria-checked={on} tabIndex={on ? 0 : -1}
            aria-label={option.icon ? option.label : undefined} title={option.icon ? option.label : undefined}
            className={cn(
              'flex h-[26px] items-center px-2.5 first:rounded-l-[4px] last:rounded-r-[4px]',
              i > 0 && 'border-l border-line', on ? 'bg-hover font-semibold text-ink' : 'text-ink-2',
            )}
            onClick={() => onChange(option.value)}
          >
            {option.icon ?? option.label}
          </button>
        );
      })}
    </span>
  );
}
