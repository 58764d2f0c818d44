// The table: only the rows on screen are in the page; a sticky head; one cursor for the keyboard.
import { ArrowDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { LeadRow } from '../../api/rows';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-lead-list';
import { rowHeights, useLook } from '../../ui/theme';
import { useKeys } from '../../ui/use-keys';
import { useRows } from '../../ui/use-rows';
import type { LeadFilters, Sort } from './filters';
import { leadColumns } from './lead-columns';
import type { Names } from './lead-parts';
import { freshIds, useListHold } from './live';
import { Waiting } from './waiting';

interface LeadTableProps {
  rows: LeadRow[];
  names: Names;
  filters: LeadFilters;
  waiting: number;
  total: number | undefined;
  sort: Sort;
  onSort: (sort: Sort) => void;
  onShow: () => void;
  onMore: () => void;
  onOpen: (id: string) => void;
}

const sortable: Record<string, Sort> = { score: 'score', created: 'newest' };
const headHeight = 30;
const hold = (held: boolean) => useListHold.setState({ held });

export function LeadTable({ rows, names, waiting, total, sort, onSort, onShow, onMore, onOpen }: LeadTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const density = useLook((state) => state.density);
  const [cursor, setCursor] = useState<string | null>(null);
  const height = rowHeights[density];
  const { from, to, reveal } = useRows(scroller, rows.length, height);

  useEffect(() => {
    if (to >= rows.length - 25) onMore();
  }, [to, rows.length, onMore]);
  useEffect(() => () => hold(false), []);

  const move = (step: number) => {
    const now = rows.findIndex((line) => line.id === cursor);
    const next = Math.max(0, Math.min(rows.length - 1, now + step));
    const line = rows[next];
    if (!line) return;
    setCursor(line.id);
    reveal(next, headHeight);
  };
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => cursor !== null && onOpen(cursor),
  });

  const above = from * height;
  const below = (rows.length - to) * height;
  return (
    <div
      ref={scroller} className="relative min-h-0 flex-1 overflow-auto" tabIndex={-1}
      onScroll={(event) => hold(event.currentTarget.scrollTop > 0 || event.currentTarget.matches(':hover'))}
    >
      <table
        aria-label={t('leads.table', { n: total ?? rows.length })} aria-rowcount={(total ?? rows.length) + 1}
        className="w-full table-fixed border-separate border-spacing-0"
      >
        <thead>
          <tr aria-rowindex={1}>
            {leadColumns.map(({ id, header, width, className }) => {
              const by = sortable[id];
              const on = by === sort;
              return (
                <th
                  key={id} scope="col" aria-sort={on ? 'descending' : undefined} style={{ width }}
                  className={cn('sticky top-0 z-2 h-[30px] border-b border-line bg-sunken px-2.5 text-left text-12 font-medium whitespace-nowrap', className, on ? 'text-ink!' : 'text-ink-3!')}
                >
                  {by ? (
                    <button type="button" className="inline-flex items-center gap-1" onClick={() => onSort(by)}>
                      {header}
                      {on && <ArrowDown aria-hidden="true" className="size-3 stroke-[1.5]" />}
                    </button>
                  ) : header}
                  {id === 'business' && waiting > 0 && <Waiting count={waiting} onShow={onShow} />}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onPointerEnter={() => hold(true)} onPointerLeave={() => hold((scroller.current?.scrollTop ?? 0) > 0)}>
          {above > 0 && <tr aria-hidden="true"><td style={{ height: above }} /></tr>}
          {rows.slice(from, to).map((line, i) => {
            const here = line.id === cursor;
            return (
              <tr
                key={line.id} aria-rowindex={from + i + 2} aria-current={here || undefined} data-lead={line.id}
                className={cn('group', here ? 'bg-hover' : 'hover:bg-hover', freshIds.has(line.id) && 'changed')}
                onClick={() => onOpen(line.id)}
              >
                {leadColumns.map(({ id, className, cell }, place) => (
                  <td
                    key={id} style={{ height }}
                    className={cn('relative truncate border-b border-line px-2.5', className, here && place === 0 && 'shadow-[inset_2px_0_0_var(--sea)]')}
                  >
                    {cell(line, names)}
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <tr aria-hidden="true"><td style={{ height: below }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
