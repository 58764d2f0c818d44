// The deals of a lead: stage, value and close, and the way on.
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense } from 'react';

import { ApiError } from '../../api/errors';
import type { DealDetail } from '../../api/rows';
import type { Role } from '../../lib/domain';
import { t } from '../../lib/en-deals';
import { recordMoney, symbolOf } from '../../lib/money';
import { dayOf } from '../../lib/time';
import { Button } from '../../ui/button';
import { Changed } from '../../ui/changed';
import { Failed } from '../../ui/failed';
import { LazyPopover } from '../../ui/lazy-popover';
import { useNow } from '../../ui/use-now';
import { inOrder, mayChange, movesFor, openStages, type Place, placeOf } from './model';
import { dealsQuery, rateQuery } from './queries';

const MoveDeal = lazy(() => import('./deal-changes').then((part) => ({ default: part.MoveDeal })));
const ChangeDeal = lazy(() => import('./deal-changes').then((part) => ({ default: part.ChangeDeal })));

interface Caller {
  role: Role;
  me: string;
}

/** A day without a time means noon wherever it is read. */
const noon = (day: string): Date => new Date(`${day}T12:00:00`);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[120px_minmax(0,1fr)] py-1 max-md:py-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function InDollars({ value, currency, day }: { value: number; currency: string; day: string }) {
  const now = useNow();
  const rate = useQuery({ ...rateQuery(currency, day), enabled: currency !== 'USD' }).data;
  if (!rate) return null;
  const words = t('deal.dollars', { amount: recordMoney(value * rate.usd), day: dayOf(noon(rate.rate_date), now) });
  return <span className="block text-12 text-ink-3">{words}</span>;
}

function StageScale({ place }: { place: Place }) {
  const reached = place === 'won' ? openStages.length : openStages.findIndex((stage) => stage === place);
  return (
    <div aria-hidden="true" className="my-1.5 grid grid-cols-5 gap-0.5">
      {openStages.map((stage, i) => (
        <span key={stage} title={t(`stage.${stage}`)} className={`h-1 ${i <= reached ? 'bg-sea' : 'bg-band-track'}`} />
      ))}
    </div>
  );
}

const link = '-mr-1 px-1 text-12 text-sea! max-md:h-11';

function Deal({ deal, role, me }: { deal: DealDetail } & Caller) {
  const now = useNow();
  const place = placeOf(deal);
  const open = deal.stage === 'closed' ? null : deal;
  const targets = movesFor(deal, role, me, now);
  return (
    <article aria-label={t(`stage.${place}`)} data-deal={deal.id} className="pb-1">
      <div className="flex min-h-7 items-center gap-2">
        <Changed value={place}>
          <span className={`font-semibold ${place === 'won' ? 'text-good' : ''}`}>{t(`stage.${place}`)}</span>
        </Changed>
        {open && <span className="text-12 text-ink-3">{t(open.probability_manual ? 'deal.by_hand' : 'deal.likely', { n: open.probability })}</span>}
        <span className="flex-1" />
        {open && mayChange(deal, role, me) && (
          <LazyPopover
            label={t('deal.change_title', { name: deal.title })} className="w-[272px] p-3" align="end"
            trigger={<Button look="quiet" className={link}>{t('deal.change')}</Button>}
          >
            {(close) => <Suspense><ChangeDeal deal={open} role={role} onClose={close} /></Suspense>}
          </LazyPopover>
        )}
        {targets.length > 0 && (
          <LazyPopover
            label={t('deal.move_title', { name: deal.title })} className="w-[284px] p-1.5" align="end"
            trigger={<Button look="quiet" className={link}>{t('deal.move')}</Button>}
          >
            {(close) => <Suspense><MoveDeal deal={deal} role={role} targets={targets} onClose={close} /></Suspense>}
          </LazyPopover>
        )}
      </div>
      <StageScale place={place} />
      <dl>
        <Fact name={t('deal.value')}>
          <Changed value={deal.value}>
            {deal.value === null
              ? <span className="text-ink-3">{t('deal.no_value')}</span>
              : <b className="font-semibold"><span className="font-normal text-ink-3">{symbolOf(deal.currency)}</span>{recordMoney(deal.value)}</b>}
          </Changed>
          {deal.value !== null && <InDollars value={deal.value} currency={deal.currency} day={deal.rate_date} />}
        </Fact>
        {open ? (
          <Fact name={t('deal.close')}>
            <Changed value={deal.expected_close}>
              {deal.expected_close === null ? <span className="text-ink-3">{t('deal.open_day')}</span> : dayOf(noon(deal.expected_close), now)}
            </Changed>
          </Fact>
        ) : (
          <Fact name={t('deal.closed_on')}>{deal.close_date !== null && dayOf(noon(deal.close_date), now)}</Fact>
        )}
        {deal.lost_reason !== null && (
          <Fact name={t('deal.reason')}>{deal.lost_reason === 'other' ? deal.lost_note : t(`lost.${deal.lost_reason}`)}</Fact>
        )}
      </dl>
      {targets.length === 0 && role !== 'viewer' && <p className="text-12 text-ink-3">{t(open ? 'deal.not_yours' : 'deal.final')}</p>}
      {open && <p className="text-12 text-ink-3">{t('deal.leads')}</p>}
    </article>
  );
}

export function DealPanel({ leadId, ...caller }: { leadId: string } & Caller) {
  const { data: deals, error, refetch } = useQuery(dealsQuery(leadId));
  if (error && !deals) {
    return (
      <Failed
        title={t('deal.load_failed')} requestLabel={t('app.request')}
        requestId={error instanceof ApiError ? error.requestId : null}
        actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
      >
        {error.message}
      </Failed>
    );
  }
  if (!deals || deals.length === 0) return null;
  return (
    <section aria-labelledby="deal-title" className="border-t border-line px-5 pt-[11px] pb-2">
      <h2 id="deal-title" className="text-12 leading-4">{t('deal.title')}</h2>
      {inOrder(deals).map((deal) => <Deal key={deal.id} deal={deal} {...caller} />)}
    </section>
  );
}
