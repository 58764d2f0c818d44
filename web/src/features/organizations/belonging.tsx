// The leads and deals of a record, the newest first.
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { DealDetail, LeadRow, PersonRow } from '../../api/rows';
import { bandOf } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-organizations';
import { listMoney, symbolOf } from '../../lib/money';
import { dayOf } from '../../lib/time';
import { Avatar, Nobody } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Changed } from '../../ui/changed';
import { bandInk } from '../../ui/score-bar';
import { StatusDial } from '../../ui/status-dial';
import { useNow } from '../../ui/use-now';
import { LoadFailed } from './parts';
import { dealsOfQuery, leadsOfQuery } from './queries';

interface BelongingProps {
  column: 'organization_id' | 'contact_id';
  id: string;
  people: Map<string, PersonRow>;
  /** How many there are, where that is known. */
  total?: number | undefined;
}

type Listed<T> = UseInfiniteQueryResult<InfiniteData<T[]>>;

function Owner({ id, people }: { id: string | null; people: Map<string, PersonRow> }) {
  return id === null ? <Nobody label={t('app.nobody')} /> : <Avatar id={id} name={people.get(id)?.full_name ?? t('app.somebody')} size="s" />;
}

function Listing<T extends { id: string }>({ title, total, list, none, line }: {
  title: string;
  total: number | undefined;
  list: Listed<T>;
  none: string;
  line: (row: T) => ReactNode;
}) {
  const rows = list.data?.pages.flat();
  const heading = `of-${title}`;
  return (
    <section aria-labelledby={heading} className="border-b border-line pb-2">
      <h2 id={heading} className="flex gap-2 px-5 pt-3 pb-1.5">
        {title}<span className="tabular font-normal text-ink-3">{total ?? (list.hasNextPage ? '' : rows?.length)}</span>
      </h2>
      {list.error && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {rows?.length === 0 && <p className="px-5 pb-2 text-ink-3">{none}</p>}
      <ul>{rows?.map((row) => <li key={row.id} className="border-t border-line first:border-t-0">{line(row)}</li>)}</ul>
      {list.hasNextPage && <Button look="quiet" className="mx-2.5 mt-1 text-sea!" onClick={() => void list.fetchNextPage()}>{t('org.more')}</Button>}
    </section>
  );
}

const lineLook = 'grid min-h-9 items-center gap-x-3 px-5 hover:bg-hover max-md:min-h-14';

export function Leads({ column, id, people, total }: BelongingProps) {
  const now = useNow();
  const line = (row: LeadRow) => (
    <Link to="/leads/$id" params={{ id: row.id }} className={`${lineLook} grid-cols-[34px_minmax(0,1fr)_auto] md:grid-cols-[34px_minmax(0,1fr)_130px_40px_72px]`}>
      <span className={`tabular font-semibold ${row.lead_score === null ? 'text-ink-3' : bandInk[bandOf(row.lead_score)]}`}>{row.lead_score ?? '–'}</span>
      <span className="truncate font-medium">{row.business_name} <span className="tabular font-normal text-ink-3">{row.reference}</span></span>
      <Changed value={row.status} className="flex items-center gap-1.5"><StatusDial status={row.status} />{statusName(row.status)}</Changed>
      <span className="max-md:hidden"><Owner id={row.owner_id} people={people} /></span>
      <span className="text-right text-ink-3 max-md:hidden">{dayOf(new Date(row.created_at), now)}</span>
    </Link>
  );
  return <Listing title={t('org.leads')} total={total} list={useInfiniteQuery(leadsOfQuery(column, id))} none={t('org.no_leads')} line={line} />;
}

export function Deals({ column, id, people, total }: BelongingProps) {
  const now = useNow();
  const line = (deal: DealDetail) => {
    const place = deal.outcome ?? (deal.stage === 'closed' ? 'lost' : deal.stage);
    const day = deal.close_date ?? deal.expected_close;
    return (
      <Link to="/leads/$id" params={{ id: deal.submission_id ?? '' }} disabled={deal.submission_id === null} className={`${lineLook} grid-cols-[minmax(0,1fr)_auto] md:grid-cols-[minmax(0,1fr)_130px_130px_40px_72px]`}>
        <span className="truncate font-medium">{deal.title}</span>
        <Changed value={deal.value} className="tabular text-right">
          {deal.value === null ? '–' : <><span className="text-ink-3">{symbolOf(deal.currency)}</span>{listMoney(deal.value)}</>}
        </Changed>
        <Changed value={place} className="flex items-center gap-1.5 max-md:text-13"><StatusDial status={place} />{t(`stage.${place}`)}</Changed>
        <span className="max-md:hidden"><Owner id={deal.owner_id} people={people} /></span>
        <span className="text-right text-ink-3 max-md:text-13">{day === null ? '–' : dayOf(new Date(`${day}T12:00:00`), now)}</span>
      </Link>
    );
  };
  return <Listing title={t('org.deals')} total={total} list={useInfiniteQuery(dealsOfQuery(column, id))} none={t('org.no_deals')} line={line} />;
}
