// A value that is changed in its place: press it, or Enter on it; Enter saves, Escape leaves it as it was. What is wrong
// is said below it, and the words typed stay.
import { type KeyboardEvent, type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';

import { textOf } from '../lib/form-data';

interface InlineFieldProps {
  name: string;
  /** What the button says to those who do not see it. */
  label: string;
  value: string;
  hint: string;
  /** To choose from; without them it is text. */
  options?: readonly { value: string; label: string }[];
  maxLength?: number;
  /** Saves, and says what is wrong; null when it is done. */
  onSave: (value: string) => Promise<string | null>;
  children: ReactNode;
}

const look = 'w-full rounded-m border-2 border-focus bg-surface px-1.5 py-0.5 font-normal outline-none max-md:h-11 max-md:text-16';

export function InlineField({ name, label, value, hint, options, maxLength = 254, onSave, children }: InlineFieldProps) {
  const [editing, setEditing] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (editing) field.current?.focus();
  }, [editing]);
  const close = () => {
    setEditing(false);
    setFault(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  if (!editing) {
    return (
      <button
        ref={opener} type="button" aria-label={label} onClick={() => setEditing(true)}
        className="-mx-1.5 -my-0.5 block min-h-6 w-[calc(100%+12px)] rounded-s border border-transparent px-1.5 py-px text-left hover:border-line-strong max-md:min-h-11"
      >
        {children}
      </button>
    );
  }
  const submit = async (event?: SubmitEvent<HTMLFormElement>) => {
    event?.preventDefault();
    const form = event?.currentTarget ?? field.current?.form;
    if (!form || busy) return;
    const typed = textOf(new FormData(form), 'value').trim();
    if (typed === value) {
      close();
      return;
    }
    setBusy(true);
    const wrong = await onSave(typed);
    setBusy(false);
    if (wrong === null) close();
    else setFault(wrong);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      void submit();
    }
  };
  const common = {
    ref: field, name: 'value', 'aria-label': name, 'aria-invalid': fault !== null, 'aria-describedby': 'inline-hint', onKeyDown: onKey,
    defaultValue: value, className: look,
  };
  return (
    <form
      onSubmit={(event) => void submit(event)} className="-mx-1.5 -my-0.5"
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && !busy && fault === null && setEditing(false)}
    >
      {options
        ? <select {...common}>{options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}</select>
        : <input {...common} maxLength={maxLength} />}
      <p id="inline-hint" role={fault === null ? undefined : 'alert'} className={`mt-0.5 text-12 font-normal tracking-normal ${fault === null ? 'text-ink-3' : 'text-bad'}`}>
        {fault ?? hint}
      </p>
    </form>
  );
}
