// The table: only the rows on screen are in the page; a sticky head; one cursor for the keyboard.
import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';

import type { LeadRow } from '../../api/rows';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-leads';
import { rowHeights, useLook } from '../../ui/theme';
import { useKeys } from '../../ui/use-keys';
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
const hold = (held: boolean) => useListHold.setState({ held });

export function LeadTable({ rows, names, waiting, total, sort, onSort, onShow, onMore, onOpen }: LeadTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const density = useLook((state) => state.density);
  const [cursor, setCursor] = useState<string | null>(null);
  const columns = useMemo(() => columnsFor(names), [names]);
  const table = useTable({ features, columns, data: rows, getRowId: (row) => row.id });
  const lines = table.getRowModel().rows;
  const height = rowHeights[density];
  const virtual = useVirtualizer({
    count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12,
    getItemKey: (index) => lines[index]?.id ?? index, initialRect: { width: innerWidth, height: innerHeight },
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const lastIndex = last?.index ?? 0;

  useEffect(() => virtual.measure(), [height, virtual]);
  useEffect(() => {
    if (lastIndex >= lines.length - 25) onMore();
  }, [lastIndex, lines.length, onMore]);
  useEffect(() => () => hold(false), []);

  const move = (step: number) => {
    const now = lines.findIndex((line) => line.id === cursor);
    const next = Math.max(0, Math.min(lines.length - 1, now + step));
    const line = lines[next];
    if (!line) return;
    setCursor(line.id);
    virtual.scrollToIndex(next);
  };
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => cursor !== null && onOpen(cursor),
  });

  const above = first?.start ?? 0;
  const below = virtual.getTotalSize() - (last?.end ?? 0);
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
          {items.map((item) => {
            const line = lines[item.index];
            if (!line) return null;
            const here = line.id === cursor;
            return (
              <tr
                key={line.id} aria-rowindex={item.index + 2} aria-current={here || undefined} data-lead={line.id}
                className={cn('group', here ? 'bg-hover' : 'hover:bg-hover', freshIds.has(line.id) && 'changed')}
                onClick={() => onOpen(line.id)}
              >
                {line.getAllCells().map((cell, i) => (
                  <td
                    key={cell.id} style={{ height }}
                    className={cn('relative truncate border-b border-line px-2.5', looks[cell.column.id]?.className, here && i === 0 && 'shadow-[inset_2px_0_0_var(--sea)]')}
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
