// A column of the board: its sums, its cards as far as they are on screen, and the place a lifted card may go.
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';

import { ApiError } from '../../api/errors';
import type { DealCard, PersonRow, TerritoryNode } from '../../api/rows';
import { t } from '../../lib/en-board';
import { shortFigure } from '../../lib/money';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';
import { StatusDial } from '../../ui/status-dial';
import { useRows } from '../../ui/use-rows';
import { BoardCard, cardHeight } from './board-card';
import { useBoardFocus } from './board-focus';
import { knownCard } from './board-live';
import { type BoardFilters, type Column, columnOf, likelihood } from './board-model';
import { type BoardTotals, columnQuery } from './board-queries';
import { ColumnHead } from './column-head';

const none: DealCard[] = [];

export const dollars = (amount: number): string => {
  const { figure, unit } = shortFigure(amount);
  return `US$${figure}${unit === '' ? '' : ` ${unit}`}`;
};

interface BoardColumnProps {
  column: Exclude<Column, 'closed'>;
  filters: BoardFilters;
  totals: BoardTotals | undefined;
  people: Map<string, PersonRow>;
  nodes: Map<number, TerritoryNode>;
  mayMove: (card: DealCard) => boolean;
  /** The card that Tab comes to, if none has had the focus yet. */
  first: boolean;
  onMenu: (card: DealCard, anchor: HTMLElement) => void;
}

/** The card held over this column, if it comes from another. */
export function useDropTarget(column: Column) {
  const client = useQueryClient();
  const element = useRef<HTMLElement>(null);
  const [over, setOver] = useState<DealCard | null>(null);
  useEffect(() => {
    if (!element.current) return;
    return dropTargetForElements({
      element: element.current,
      getData: () => ({ column }),
      onDragEnter: ({ source }) => {
        const card = knownCard(client, String(source.data['deal']));
        setOver(card && columnOf(card) !== column ? card : null);
      },
      onDragLeave: () => setOver(null),
      onDrop: () => setOver(null),
    });
  }, [client, column]);
  return { element, over };
}

export function BoardColumn({ column, filters, totals, people, nodes, mayMove, first, onMenu }: BoardColumnProps) {
  const list = useInfiniteQuery(columnQuery(filters, column));
  const cards = useMemo(() => list.data?.pages.flatMap((page) => page.cards) ?? none, [list.data]);
  const scroller = useRef<HTMLDivElement>(null);
  const { from, to, reveal } = useRows(scroller, cards.length, cardHeight);
  const { element, over } = useDropTarget(column);
  const focus = useBoardFocus();
  const sums = totals?.columns.find(({ stage }) => stage === column);
  const all = Math.max(sums?.deals ?? 0, cards.length);
  const hasFocus = cards.some(({ id }) => id === focus.id);

  useEffect(() => {
    if (to >= cards.length - 10 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  });
  useEffect(() => {
    const at = focus.wanted ? cards.findIndex(({ id }) => id === focus.id) : -1;
    if (at < 0) return;
    reveal(at);
    // After the cards of the new place are drawn.
    const timer = setTimeout(() => scroller.current?.querySelector<HTMLElement>(`[data-card="${cards[at]?.id ?? ''}"] a`)?.focus({ preventScroll: true }), 30);
    return () => clearTimeout(timer);
  });

  const shown = cards.slice(from, to);
  return (
    <section ref={element} aria-label={t('board.column', { stage: t(`stage.${column}`), n: all })} data-column={column} className={`flex min-h-0 min-w-0 flex-col border-r border-line ${over ? 'bg-sea-tint' : ''}`}>
      <ColumnHead
        dial={<StatusDial status={column} />} name={t(`stage.${column}`)} count={sums ? sums.deals : totals ? 0 : null}
        sum={totals && dollars(sums?.usd ?? 0)} more={totals && t('board.weighted', { amount: dollars(sums?.weighted_usd ?? 0).replace('US$', '') })}
      />
      {list.error && !list.data && (
        <Failed
          title={t('board.load_failed')} requestLabel={t('app.request')} requestId={list.error instanceof ApiError ? list.error.requestId : null}
          actions={<Button onClick={() => void list.refetch()}>{t('app.retry')}</Button>}
        >
          {list.error.message}
        </Failed>
      )}
      <div ref={scroller} className={`min-h-0 flex-1 overflow-x-hidden overflow-y-auto px-2 pt-2 ${over ? '' : 'bg-sunken'}`}>
        {over && (
          <p className="mb-2 flex h-[74px] flex-col justify-center rounded-m border border-dashed border-sea px-2.5 text-12">
            <span className="truncate font-medium">{t('board.from', { name: over.title, stage: t(`stage.${columnOf(over) as Exclude<Column, 'closed'>}`) })}</span>
            <span className="text-ink-2">{t('board.likely', { n: likelihood[column] })}</span>
          </p>
        )}
        <ul style={{ height: cards.length * cardHeight, paddingTop: from * cardHeight }}>
          {shown.map((card, i) => (
            <li key={card.id} style={{ height: cardHeight }}>
              <BoardCard
                card={card} place={nodes.get(card.territory_id)?.name ?? ''} owner={people.get(card.owner_id ?? '')?.full_name ?? null}
                movable={mayMove(card)} onMenu={onMenu} tabbable={card.id === focus.id || (!hasFocus && first && from + i === 0)}
              />
            </li>
          ))}
        </ul>
        {list.data && cards.length === 0 && !over && <p className="px-1 py-2 text-12 text-ink-3">{t('board.none')}</p>}
        {!list.data && !list.error && [1, 2, 3].map((n) => <div key={n} aria-hidden="true" className="mb-2 h-[74px] rounded-m border border-line bg-raised" />)}
      </div>
      {all > cards.length && <p className="flex-none px-3 py-2 text-12 text-ink-3">{t('board.more', { n: all - cards.length })}</p>}
    </section>
  );
}
