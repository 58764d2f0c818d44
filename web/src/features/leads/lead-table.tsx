// The table: only the rows on screen are in the page; a sticky head; one cursor for the keyboard.
import { useTable } from '@tanstack/react-table';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { LeadRow } from '../../api/rows';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-leads';
import { rowHeights, useLook } from '../../ui/theme';
import { useKeys } from '../../ui/use-keys';
import { useRows } from '../../ui/use-rows';
import type { LeadFilters, Sort } from './filters';
import { columnsFor, features, looks } from './lead-columns';
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
  const columns = useMemo(() => columnsFor(names), [names]);
  const table = useTable({ features, columns, data: rows, getRowId: (row) => row.id });
  const lines = table.getRowModel().rows;
  const height = rowHeights[density];
  const { from, to, reveal } = useRows(scroller, lines.length, height);

  useEffect(() => {
    if (to >= lines.length - 25) onMore();
  }, [to, lines.length, onMore]);
  useEffect(() => () => hold(false), []);

  const move = (step: number) => {
    const now = lines.findIndex((line) => line.id === cursor);
    const next = Math.max(0, Math.min(lines.length - 1, now + step));
    const line = lines[next];
    if (!line) return;
    setCursor(line.id);
    reveal(next, headHeight);
  };
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => cursor !== null && onOpen(cursor),
  });

  const above = from * height;
  const below = (lines.length - to) * height;
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
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => {
                const look = looks[header.column.id];
                const by = sortable[header.column.id];
                const on = by === sort;
                return (
                  <th
                    key={header.id} scope="col" aria-sort={on ? 'descending' : undefined} style={{ width: look?.width }}
                    className={cn('sticky top-0 z-2 h-[30px] border-b border-line bg-sunken px-2.5 text-left text-12 font-medium whitespace-nowrap', look?.className, on ? 'text-ink!' : 'text-ink-3!')}
                  >
                    {by ? (
                      <button type="button" className="inline-flex items-center gap-1" onClick={() => onSort(by)}>
                        <table.FlexRender header={header} />
                        {on && <ArrowDown aria-hidden="true" className="size-3 stroke-[1.5]" />}
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                    {header.column.id === 'business' && waiting > 0 && <Waiting count={waiting} onShow={onShow} />}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody onPointerEnter={() => hold(true)} onPointerLeave={() => hold((scroller.current?.scrollTop ?? 0) > 0)}>
          {above > 0 && <tr aria-hidden="true"><td style={{ height: above }} /></tr>}
          {lines.slice(from, to).map((line, i) => {
            const here = line.id === cursor;
            return (
              <tr
                key={line.id} aria-rowindex={from + i + 2} aria-current={here || undefined} data-lead={line.id}
                className={cn('group', here ? 'bg-hover' : 'hover:bg-hover', freshIds.has(line.id) && 'changed')}
                onClick={() => onOpen(line.id)}
              >
                {line.getAllCells().map((cell, place) => (
                  <td
                    key={cell.id} style={{ height }}
                    className={cn('relative truncate border-b border-line px-2.5', looks[cell.column.id]?.className, here && place === 0 && 'shadow-[inset_2px_0_0_var(--sea)]')}
                  >
                    <table.FlexRender cell={cell} />
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
