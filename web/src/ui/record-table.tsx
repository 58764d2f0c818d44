// A long list as a table: only the rows on screen are in the page, the head stays, and J, K and Enter walk it. On a
// phone each row is a card.
import { type ReactNode, useEffect, useRef, useState } from 'react';

import { cn } from '../lib/cn';
import { rowHeights, useLook } from './theme';
import { useKeys } from './use-keys';
import { usePhone } from './use-media';
import { useRows } from './use-rows';

export interface RecordColumn<T> {
  id: string;
  head: ReactNode;
  width?: number;
  className?: string;
  cell: (row: T) => ReactNode;
}

interface RecordTableProps<T> {
  label: string;
  rows: readonly T[];
  /** How many there are in all; at least those that are loaded. */
  total: number;
  columns: readonly RecordColumn<T>[];
  /** What a phone shows of a row, 72 pixels high. */
  card: (row: T) => ReactNode;
  /** Called when the end comes near. */
  onMore?: () => void;
  onOpen: (row: T) => void;
}

const cardHeight = 72;
const headHeight = 30;

export function RecordTable<T extends { id: string }>({ label, rows, total, columns, card, onMore, onOpen }: RecordTableProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const phone = usePhone();
  const dense = rowHeights[useLook((state) => state.density)];
  const height = phone ? cardHeight : dense;
  const { from, to, reveal } = useRows(scroller, rows.length, height);
  const [cursor, setCursor] = useState<string | null>(null);
  useEffect(() => {
    if (to >= rows.length - 25) onMore?.();
  }, [to, rows.length, onMore]);
  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, rows.findIndex(({ id }) => id === cursor) + step));
    setCursor(rows[next]?.id ?? null);
    reveal(next, headHeight);
    // What was pressed before gives Enter to the row.
    scroller.current?.focus({ preventScroll: true });
  };
  const here = rows.find(({ id }) => id === cursor);
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1), Enter: () => here && onOpen(here) });
  const above = from * height;
  const below = (rows.length - to) * height;
  if (phone) {
    return (
      <div ref={scroller} className="min-h-0 flex-1 overflow-auto" tabIndex={-1}>
        <ul aria-label={label} style={{ paddingTop: above, paddingBottom: below }}>
          {rows.slice(from, to).map((row) => <li key={row.id} className="h-[72px] overflow-hidden border-b border-line">{card(row)}</li>)}
        </ul>
      </div>
    );
  }
  return (
    <div ref={scroller} className="relative min-h-0 flex-1 overflow-auto outline-none" tabIndex={-1}>
      <table aria-label={label} aria-rowcount={total + 1} className="w-full table-fixed border-separate border-spacing-0">
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ id, head, width, className }) => (
              <th
                key={id} scope="col" style={{ width }}
                className={cn('sticky top-0 z-2 h-[30px] border-b border-line bg-sunken px-2.5 text-left text-12 font-medium whitespace-nowrap text-ink-3 first:pl-4 last:pr-4', className)}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr aria-hidden="true"><td style={{ height: above }} /></tr>}
          {rows.slice(from, to).map((row, i) => (
            <tr
              key={row.id} aria-rowindex={from + i + 2} aria-current={row.id === cursor || undefined} onClick={() => onOpen(row)}
              className={row.id === cursor ? 'bg-hover' : 'hover:bg-hover'}
            >
              {columns.map(({ id, className, cell }, place) => (
                <td
                  key={id} style={{ height }}
                  className={cn('truncate border-b border-line px-2.5 first:pl-4 last:pr-4', className, place === 0 && row.id === cursor && 'shadow-[inset_2px_0_0_var(--sea)]')}
                >
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {below > 0 && <tr aria-hidden="true"><td style={{ height: below }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
