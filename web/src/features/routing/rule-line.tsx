// One rule of the list: its place, its words, whether it applies, and all that can be done with it.
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

import { cn } from '../../lib/cn';
import { t } from '../../lib/en-routing';
import { Box } from '../../ui/box';
import { Button } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import { readCondition } from './condition';
import type { Line } from './draft';
import { effectWords, whenWords } from './words';

export interface LineAction {
  label: string;
  run: () => void;
}

interface RuleLineProps {
  line: Line;
  index: number;
  mayEdit: boolean;
  /** Name of the territory that a rule is kept at. */
  place: (territory: number | null) => string;
  people: (id: string) => string;
  actions: readonly LineAction[];
  onMove: (from: number, to: number) => void;
  onToggle: () => void;
  onOpen: () => void;
  children?: ReactNode;
}

function Menu({ name, actions }: { name: string; actions: readonly LineAction[] }) {
  return (
    <LazyPopover
      label={t('line.menu', { name })} align="end" className="w-[240px] p-1.5"
      trigger={<Button look="quiet" size="icon" aria-label={t('line.menu', { name })} title={t('line.menu', { name })} className="max-md:size-11"><ChevronDown /></Button>}
    >
      {(close) => (
        <ul>
          {actions.map(({ label, run }) => (
            <li key={label}>
              <button
                type="button" className="flex h-[30px] w-full items-center rounded-m px-2 text-left hover:bg-sea-tint focus-visible:bg-sea-tint max-md:h-11"
                onClick={() => {
                  close();
                  run();
                }}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </LazyPopover>
  );
}

function Words({ line: { rule, mine, over }, place, people }: Pick<RuleLineProps, 'line' | 'place' | 'people'>) {
  const readable = rule.condition === null || 'test' in readCondition(rule.condition);
  return (
    <div className={cn('min-w-0 py-2', !rule.enabled && 'text-ink-3')}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className={cn('font-semibold', !rule.enabled && 'font-medium')}>{rule.name}</span>
        {!mine && <span className="text-12 text-ink-3">{t('line.from', { place: place(rule.territory_id) })}</span>}
        {over && <span className="text-12 text-ink-3">{t('line.instead', { name: `${over.name}, ${place(over.territory_id)}` })}</span>}
        {!rule.enabled && <span className="text-12">{t('line.off')}</span>}
      </p>
      <p className={rule.enabled ? 'text-ink-2' : ''}>
        {readable ? `${whenWords(rule.condition)}. ` : <span className="text-bad">{t('line.unreadable')} </span>}
        {effectWords(rule, people)}.
      </p>
    </div>
  );
}

export function RuleLine({ line, index, mayEdit, place, people, actions, onMove, onToggle, onOpen, children }: RuleLineProps) {
  const { rule, mine } = line;
  const row = useRef<HTMLLIElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const movable = mayEdit && mine;
  useEffect(() => {
    if (!row.current || !mayEdit) return;
    const target = dropTargetForElements({
      element: row.current,
      canDrop: ({ source }) => typeof source.data['rule'] === 'number' && source.data['rule'] !== index,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false);
        onMove(Number(source.data['rule']), index);
      },
    });
    if (!movable || !grip.current) return target;
    return combine(target, draggable({ element: row.current, dragHandle: grip.current, getInitialData: () => ({ rule: index }) }));
  }, [index, mayEdit, movable, onMove]);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onMove(index, index + step);
    // The line is drawn in its new place; the hand stays on it.
    setTimeout(() => document.querySelector<HTMLElement>(`[data-grip="${rule.name}"]`)?.focus());
  };
  return (
    <li ref={row} data-rule={rule.name} className={cn('border-t border-line first:border-t-0', over && 'bg-sea-tint', Boolean(children) && 'bg-sunken')}>
      <div className="grid grid-cols-[24px_38px_minmax(0,1fr)_auto_auto] items-center gap-x-2 px-4 max-md:grid-cols-[38px_minmax(0,1fr)_auto_auto]">
        <span className="max-md:hidden">
          {movable && (
            <button
              ref={grip} type="button" data-grip={rule.name} onKeyDown={onKey} aria-label={t('line.grip', { name: rule.name })} title={t('line.grip_more')}
              className="grid h-7 w-6 place-items-center rounded-m text-ink-3 hover:bg-hover"
            >
              <span aria-hidden="true">⋮⋮</span>
            </button>
          )}
        </span>
        <span className={cn('tabular text-right', rule.enabled ? 'text-ink' : 'text-ink-3')}>{rule.priority}</span>
        {movable
          ? <button type="button" onClick={onOpen} className="min-w-0 rounded-m text-left hover:bg-hover"><Words line={line} place={place} people={people} /></button>
          : <Words line={line} place={place} people={people} />}
        {mayEdit ? <Box tabbable label={t('line.on', { name: rule.name })} checked={rule.enabled} onChange={onToggle} /> : <span />}
        {mayEdit ? <Menu name={rule.name} actions={actions} /> : <span />}
      </div>
      {children}
    </li>
  );
}
