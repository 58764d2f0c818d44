// The table: only the rows on screen are in the page; a sticky head; one cursor for the keyboard; boxes to tick.
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { LeadRow } from '../../api/rows';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-lead-list';
import { Box } from '../../ui/box';
import { rowHeights, useLook } from '../../ui/theme';
import { useKeys } from '../../ui/use-keys';
import { useRows } from '../../ui/use-rows';
import type { LeadFilters, Sort } from './filters';
import { firstChoice, resized, sameChoice } from './columns-model';
import { setColumns, useColumns } from './columns-store';
import { ColumnEdge } from './column-edge';
import { orders } from './keyset';
import { columnOf } from './lead-columns';
import type { Names } from './lead-parts';
import { freshIds, useListHold } from './live';
import { toggleAll, toggleSelected, useSelection } from './selection';
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
  onPreview: (id: string) => void;
  /** Whether many can be changed here. */
  canChange: boolean;
}

/** A second press on a head turns the order round where it can be. */
const sortable: Partial<Record<string, readonly Sort[]>> = { score: ['score'], created: ['newest', 'oldest'], business: ['name'] };
const headHeight = 30;
/** What a column without a width of its own has at least. */
const leastName = 200;
const hold = (held: boolean) => useListHold.setState({ held });

export function LeadTable({ rows, names, waiting, total, sort, onSort, onShow, onMore, onOpen, onPreview, canChange }: LeadTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const density = useLook((state) => state.density);
  const chosen = useColumns((state) => state.columns);
  // Columns that somebody chose are there however narrow the window is: the table scrolls sideways then.
  const own = !sameChoice(chosen, firstChoice);
  const columns = chosen.map(({ id, width }) => {
    const column = columnOf(id);
    return { ...column, ...(width !== undefined && { width }), ...(own && { className: column.className.replaceAll(/max-\w+:hidden/g, '') }) };
  });
  const least = own ? columns.reduce((sum, { width = leastName }) => sum + width, 0) : undefined;
  const { ids: ticked, all: allTicked } = useSelection();
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
    // What was pressed before gives Enter and Space to the row.
    scroller.current?.focus({ preventScroll: true });
  };
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    Enter: () => cursor !== null && onOpen(cursor),
    ' ': () => cursor !== null && onPreview(cursor),
    ...(canChange && { x: () => cursor !== null && toggleSelected(cursor) }),
  });

  const above = from * height;
  const below = (rows.length - to) * height;
  return (
    <div
      ref={scroller} className="relative min-h-0 flex-1 overflow-auto outline-none" tabIndex={-1}
      onScroll={(event) => hold(event.currentTarget.scrollTop > 0 || event.currentTarget.matches(':hover'))}
    >
      <table
        aria-label={t('leads.table', { n: total ?? rows.length })} aria-rowcount={(total ?? rows.length) + 1}
        className="w-full table-fixed border-separate border-spacing-0" style={{ minWidth: least }}
      >
        <thead>
          <tr aria-rowindex={1}>
            {canChange && (
              <th scope="col" style={{ width: 38 }} className="sticky top-0 z-2 h-[30px] border-b border-line bg-sunken pl-4 text-left">
                <Box
                  label={t('leads.select_all')} checked={allTicked || (rows.length > 0 && rows.every(({ id }) => ticked.has(id)))}
                  some={ticked.size > 0} onChange={() => toggleAll(rows.map(({ id }) => id))}
                />
              </th>
            )}
            {columns.map(({ id, header, width, className }) => {
              const by = sortable[id];
              const on = by?.includes(sort) ?? false;
              const Arrow = orders[sort].ascending ? ArrowUp : ArrowDown;
              return (
                <th
                  key={id} scope="col" aria-sort={on ? (orders[sort].ascending ? 'ascending' : 'descending') : undefined} style={{ width }}
                  className={cn('group/head sticky top-0 z-2 h-[30px] border-b border-line bg-sunken px-2.5 text-left text-12 font-medium whitespace-nowrap', className, on ? 'text-ink!' : 'text-ink-3!')}
                >
                  {by ? (
                    <button type="button" className="inline-flex items-center gap-1" onClick={() => onSort(by[(by.indexOf(sort) + 1) % by.length] ?? sort)}>
                      {header}
                      {on && <Arrow aria-hidden="true" className="size-3 stroke-[1.5]" />}
                    </button>
                  ) : header}
                  {id === 'business' && waiting > 0 && <Waiting count={waiting} onShow={onShow} />}
                  <ColumnEdge width={width ?? leastName} label={t('leads.resize', { column: header })} onWidth={(next) => setColumns(resized(chosen, id, next))} />
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onPointerEnter={() => hold(true)} onPointerLeave={() => hold((scroller.current?.scrollTop ?? 0) > 0)}>
          {above > 0 && <tr aria-hidden="true"><td style={{ height: above }} /></tr>}
          {rows.slice(from, to).map((line, i) => {
            const here = line.id === cursor;
            const on = allTicked || ticked.has(line.id);
            return (
              <tr
                key={line.id} aria-rowindex={from + i + 2} aria-current={here || undefined} data-lead={line.id}
                className={cn('group', on ? 'bg-select' : here ? 'bg-hover' : 'hover:bg-hover', freshIds.has(line.id) && 'changed')}
                onClick={() => onOpen(line.id)}
              >
                {canChange && (
                  <td
                    style={{ height }} onClick={(event) => event.stopPropagation()}
                    className={cn('border-b border-line pl-4', here && 'shadow-[inset_2px_0_0_var(--sea)]')}
                  >
                    <Box label={t('leads.select', { name: line.business_name })} checked={on} onChange={() => toggleSelected(line.id)} />
                  </td>
                )}
                {columns.map(({ id, className, cell }, place) => (
                  <td
                    key={id} style={{ height }}
                    className={cn('relative truncate border-b border-line px-2.5', className, here && place === 0 && !canChange && 'shadow-[inset_2px_0_0_var(--sea)]')}
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
