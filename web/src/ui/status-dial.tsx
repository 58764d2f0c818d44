// Status as a 12 px dial: the shape tells it in greyscale too.
import type { Status } from '../lib/domain';

/** A lead's status, or where a deal stands. */
export type Dial = Status | 'proposal' | 'negotiation' | 'won' | 'lost';

const arcs: Partial<Record<Dial, string>> = {
  contacted: 'M6 6 L6 3 A3 3 0 0 1 9 6 Z',
  qualified: 'M6 6 L6 3 A3 3 0 0 1 6 9 Z',
  proposal: 'M6 6 L6 3 A3 3 0 1 1 3.4 7.5 Z',
  negotiation: 'M6 6 L6 3 A3 3 0 1 1 3.4 4.5 Z',
};

const tick = 'M3.6 6.2 5.3 7.9 8.5 4.4';
const cross = 'M4.2 4.2 7.8 7.8 M7.8 4.2 4.2 7.8';

const marks: Partial<Record<Dial, string>> = {
  converted: tick,
  won: tick,
  disqualified: cross,
  lost: cross,
  nurture: 'M4.7 4.2 V7.8 M7.3 4.2 V7.8',
  archived: 'M3.8 6 H8.2',
};

const inks: Record<Dial, string> = {
  new: 'text-ink-3',
  contacted: 'text-ink-3',
  qualified: 'text-sea',
  nurture: 'text-ink-3',
  converted: 'text-good',
  disqualified: 'text-ink-3',
  archived: 'text-ink-3',
  proposal: 'text-sea',
  negotiation: 'text-sea',
  won: 'text-good',
  lost: 'text-ink-3',
};

export function StatusDial({ status }: { status: Dial }) {
  const solid = status === 'converted' || status === 'won';
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={`size-3 flex-none ${inks[status]}`}>
      <circle
        cx="6" cy="6" r="4.75" stroke="currentColor" strokeWidth="1.5"
        fill={solid ? 'currentColor' : 'none'}
        strokeDasharray={status === 'new' ? '2 1.6' : undefined}
      />
      {arcs[status] && <path d={arcs[status]} fill="currentColor" />}
      {marks[status] && (
        <path
          d={marks[status]} fill="none" strokeWidth="1.4"
          stroke={solid ? 'var(--surface)' : 'currentColor'}
        />
      )}
    </svg>
  );
}
