// The deals as a table, beside the board: the same filters, an order of one's own.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowDown } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';

import { ApiError } from '../../api/errors';
import type { DealCard, PersonRow, TerritoryNode } from '../../api/rows';
import { cn } from '../../lib/cn';
import { bandOf } from '../../lib/domain';
import { t } from '../../lib/en-board';
import { listMoney, symbolOf } from '../../lib/money';
import { dayOf } from '../../lib/time';
import { Avatar, Nobody } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Changed } from '../../ui/changed';
import { Failed } from '../../ui/failed';
import { bandInk } from '../../ui/score-bar';
import { StatusDial } from '../../ui/status-dial';
import { rowHeights, useLook } from '../../ui/theme';
import { useNow } from '../../ui/use-now';
import { useRows } from '../../ui/use-rows';
import { type BoardFilters, type DealSort, inStageFor, nextStep } from './board-model';
import { tableQuery, totalsQuery } from './board-queries';
import { placeOf } from './model';

interface DealTableProps {
  filters: BoardFilters;
  sort: DealSort;
  closed: boolean;
  people: Map<string, PersonRow>;
  nodes: Map<number, TerritoryNode>;
  onSort: (sort: DealSort) => void;
}

const heads: { id: string; head: string; sort?: DealSort; className: string; width?: number }[] = [
  { id: 'score', head: t('board.score'), sort: 'score', width: 66, className: 'pl-4!' },
  { id: 'deal', head: t('board.deal'), className: '' },
  { id: 'stage', head: t('board.stage'), sort: 'stage', width: 126, className: '' },
  { id: 'value', head: t('board.value'), sort: 'value', width: 124, className: 'text-right' },
  { id: 'likely', head: t('board.likelihood'), width: 74, className: 'text-right max-lg:hidden' },
  { id: 'place', head: t('board.place'), width: 140, className: 'max-xl:hidden' },
  { id: 'owner', head: t('board.owner'), width: 62, className: '' },
  { id: 'step', head: t('board.step'), width: 190, className: 'max-lg:hidden' },
  { id: 'age', head: t('board.age'), width: 84, className: 'text-right max-xl:hidden' },
  { id: 'close', head: t('board.closes'), sort: 'close', width: 92, className: 'text-right pr-4!' },
];
const inks = { late: 'text-bad', soon: 'text-warn', plain: '', none: 'text-ink-3' };

function cellsOf(card: DealCard, now: Date, { people, nodes }: Pick<DealTableProps, 'people' | 'nodes'>): Record<string, ReactNode> {
  const step = nextStep(card, now);
  const place = placeOf(card);
  const day = card.close_date ?? card.expected_close;
  return {
    score: card.lead_score === null ? '–' : <span className={`font-semibold ${bandInk[bandOf(card.lead_score)]}`}>{card.lead_score}</span>,
    deal: (
      <Link to="/leads/$id" params={{ id: card.submission_id ?? '' }} disabled={card.submission_id === null} className="font-medium hover:underline">
        {card.title}
      </Link>
    ),
    stage: <Changed value={place}><span className="flex items-center gap-1.5"><StatusDial status={place} />{t(`stage.${place}`)}</span></Changed>,
    value: <Changed value={card.value}>{card.value === null ? '–' : <><span className="text-ink-3">{symbolOf(card.currency)}</span>{listMoney(card.value)}</>}</Changed>,
    likely: <span className="text-ink-2">{card.probability}%</span>,
    place: <span className="text-ink-2">{nodes.get(card.territory_id)?.name}</span>,
    owner: card.owner_id === null
      ? <Nobody label={t('app.nobody')} />
      : <Avatar id={card.owner_id} name={people.get(card.owner_id)?.full_name ?? t('app.somebody')} size="s" />,
    step: <span className={inks[step.tone]}>{step.text}</span>,
    age: <span className="text-ink-3">{inStageFor(card, now)}</span>,
    close: <span className="text-ink-2">{day === null ? '–' : dayOf(new Date(`${day}T12:00:00`), now)}</span>,
  };
}

export function DealTable({ filters, sort, closed, people, nodes, onSort }: DealTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const height = rowHeights[useLook((state) => state.density)];
  const list = useInfiniteQuery(tableQuery({ ...filters, sort, closed }));
  const totals = useQuery(totalsQuery(filters)).data;
  const cards = list.data?.pages.flatMap((page) => page.cards) ?? [];
  const { from, to } = useRows(scroller, cards.length, height);
  const counted = totals && (closed ? totals.won.deals + totals.lost.deals : totals.columns.reduce((sum, one) => sum + one.deals, 0));
  const all = Math.max(counted ?? 0, cards.length);
  useEffect(() => {
    if (to >= cards.length - 25 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  });
  return (
    <>
      {list.error && (
        <Failed
          title={t('board.load_failed')} requestLabel={t('app.request')} requestId={list.error instanceof ApiError ? list.error.requestId : null}
          actions={<Button onClick={() => void list.refetch()}>{t('app.retry')}</Button>}
        >
          {list.error.message}
        </Failed>
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
        <table aria-label={t('board.rows', { n: all })} aria-rowcount={all + 1} className="w-full table-fixed border-separate border-spacing-0 max-md:w-[720px]">
          <thead>
            <tr aria-rowindex={1}>
              {heads.map(({ id, head, sort: by, className, width }) => (
                <th
                  key={id} scope="col" style={{ width }} aria-sort={by === sort ? 'descending' : undefined}
                  className={cn('sticky top-0 z-2 h-[30px] border-b border-line bg-sunken px-2.5 text-left text-12 font-medium whitespace-nowrap', className, by === sort ? 'text-ink' : 'text-ink-3')}
                >
                  {by ? (
                    <button type="button" className="inline-flex items-center gap-1" onClick={() => onSort(by)}>
                      {head}{by === sort && <ArrowDown aria-hidden="true" className="size-3 stroke-[1.5]" />}
                    </button>
                  ) : head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {from > 0 && <tr aria-hidden="true"><td style={{ height: from * height }} /></tr>}
            {cards.slice(from, to).map((card, i) => {
              const cells = cellsOf(card, now, { people, nodes });
              return (
                <tr key={card.id} aria-rowindex={from + i + 2} data-deal={card.id} className="hover:bg-hover">
                  {heads.map(({ id, className }) => (
                    <td key={id} style={{ height }} className={cn('relative truncate border-b border-line px-2.5', className)}>{cells[id]}</td>
                  ))}
                </tr>
              );
            })}
            {to < cards.length && <tr aria-hidden="true"><td style={{ height: (cards.length - to) * height }} /></tr>}
          </tbody>
        </table>
        {list.data && cards.length === 0 && <p className="px-4 py-6 text-ink-2">{t('board.none')}</p>}
      </div>
      <footer className="flex h-[34px] flex-none items-center border-t border-line px-4 text-12" aria-live="polite">
        {t('board.range', { shown: cards.length, all })}
      </footer>
    </>
  );
}
