// What was closed this month: thin lines instead of cards. A card dropped here is asked whether it was won or lost.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { count, t } from '../../lib/en-board';
import { listMoney, symbolOf } from '../../lib/money';
import { monthName } from '../../lib/time';
import { StatusDial } from '../../ui/status-dial';
import { Time } from '../../ui/time';
import { type BoardFilters } from './board-model';
import { type BoardTotals, columnQuery } from './board-queries';
import { dollars, useDropTarget } from './board-column';
import { ColumnHead } from './column-head';

export function ClosedColumn({ filters, totals }: { filters: BoardFilters; totals: BoardTotals | undefined }) {
  const list = useInfiniteQuery(columnQuery(filters, 'closed'));
  const { element, over } = useDropTarget('closed');
  const cards = list.data?.pages.flatMap((page) => page.cards) ?? [];
  return (
    <section ref={element} aria-label={t('board.closed')} data-column="closed" className={`flex min-h-0 min-w-0 flex-col ${over ? 'bg-sea-tint' : ''}`}>
      <ColumnHead
        dial={<StatusDial status="won" />} name={t('board.closed')} count={totals ? monthName(new Date(`${totals.month}T12:00:00`)) : null}
        sum={totals && <>{count('board.won', totals.won.deals)} {dollars(totals.won.usd)}</>} more={totals && count('board.lost', totals.lost.deals)}
      />
      <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0}>
        {over && <p className="m-2 flex h-[74px] items-center rounded-m border border-dashed border-sea px-2.5 text-12">{t('board.close_here')}</p>}
        <ul>
          {cards.map((card) => (
            <li key={card.id} data-card={card.id} className="relative grid grid-cols-[12px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-b border-line px-3 py-2">
              <span className="relative top-px"><StatusDial status={card.outcome === 'won' ? 'won' : 'lost'} /></span>
              <Link to="/leads/$id" params={{ id: card.submission_id ?? '' }} disabled={card.submission_id === null} className={`col-span-2 truncate after:absolute after:inset-0 ${card.outcome === 'won' ? 'font-medium' : 'text-ink-2'}`}>
                {card.title}
              </Link>
              <span className="col-start-2 truncate text-12 text-ink-2">
                {card.value !== null && <><span className="text-ink-3">{symbolOf(card.currency)}</span>{listMoney(card.value)}</>}
              </span>
              <span className="text-12 text-ink-3">
                {card.outcome === 'lost' && card.lost_reason ? t(`lost.${card.lost_reason}`) : card.close_date && <Time at={`${card.close_date}T12:00:00`} />}
              </span>
            </li>
          ))}
        </ul>
        {list.data && cards.length === 0 && <p className="px-3 py-3 text-12 text-ink-3">{t('board.none_closed')}</p>}
        {list.hasNextPage && (
          <button type="button" className="px-3 py-3 text-12 font-medium text-sea" onClick={() => void list.fetchNextPage()}>{t('leads.show')} {t('board.more', { n: (totals ? totals.won.deals + totals.lost.deals : 0) - cards.length })}</button>
        )}
      </div>
    </section>
  );
}
