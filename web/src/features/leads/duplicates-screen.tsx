// Pairs of leads that look like one merchant, each to be compared or kept apart.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import type { LeadRow } from '../../api/rows';
import { bandOf } from '../../lib/domain';
import { count, t } from '../../lib/en-merge';
import { Button, buttonClass } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { soundings } from '../../ui/drawings-of-lists';
import { Empty } from '../../ui/empty';
import { Failed } from '../../ui/failed';
import { Time } from '../../ui/time';
import { type Names, OwnerFace, StatusWord } from './lead-parts';
import { LeadSkeleton } from './lead-skeleton';
import { keepApart } from './merge-mutations';
import { type Suspect, type Suspects, suspectsQuery } from './merge-queries';

const inks = { hot: 'text-hot-ink', warm: 'text-warm-ink', cool: 'text-cool-ink', cold: 'text-cold-ink' };

function Side({ lead, names }: { lead: Suspect; names: Names }) {
  const place = names.nodes.get(lead.territory_id)?.name ?? lead.country;
  return (
    <div className="grid min-w-0 grid-cols-[34px_minmax(0,1fr)] gap-x-2 py-2.5">
      <span className={`tabular text-right text-15 font-semibold ${lead.lead_score === null ? 'text-ink-3' : inks[bandOf(lead.lead_score)]}`}>
        {lead.lead_score ?? '–'}
      </span>
      <div className="min-w-0">
        <Link to="/leads/$id" params={{ id: lead.id }} className="block truncate font-semibold hover:underline">{lead.business_name}</Link>
        <p className="truncate text-ink-2">{[lead.owner_name, lead.email, lead.phone].filter(Boolean).join(' · ')}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-12 text-ink-3">
          <span className="text-ink-2"><StatusWord row={lead} /></span>
          <OwnerFace row={lead as unknown as LeadRow} names={names} />
          <span>{place}</span>
          <Time at={lead.created_at} />
        </p>
      </div>
    </div>
  );
}

function Pair({ pair: { newer, older, why }, names, canChange }: { pair: Suspects['pairs'][number]; names: Names; canChange: boolean }) {
  const client = useQueryClient();
  const both = { a: older.business_name, b: newer.business_name };
  return (
    <li className="grid gap-x-6 border-b border-line px-4 hover:bg-hover max-md:pb-3 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] md:items-center">
      <Side lead={older} names={names} />
      <Side lead={newer} names={names} />
      <div className="flex items-center gap-2 md:w-[330px] md:justify-end">
        <span className="flex-1 text-12 text-ink-3 md:text-right">{t(`merge.why_${why}`)}</span>
        {canChange && (
          <>
            <Button look="quiet" className="max-md:h-11" aria-label={t('merge.apart_of', both)} onClick={() => void keepApart(client, older, newer, true)}>
              {t('merge.apart')}
            </Button>
            <Link
              to="/leads/merge" search={{ a: older.id, b: newer.id }} className={`${buttonClass()} max-md:h-11`} aria-label={t('merge.compare_with', both)}
            >
              {t('merge.compare')}
            </Link>
          </>
        )}
      </div>
    </li>
  );
}

export function DuplicatesScreen({ canChange }: { canChange: boolean }) {
  const { data, error, refetch } = useQuery(suspectsQuery);
  const people = useQuery(peopleQuery).data;
  const nodes = useQuery(territoriesQuery).data;
  const names = useMemo(() => ({ people: personById(people ?? []), nodes: nodeById(nodes ?? []) }), [people, nodes]);
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[54px]">
        <h1 className="text-15">{t('merge.duplicates')}</h1>
        {data && <p role="status" className="truncate text-ink-3">{count('merge.pairs', data.total)}{data.more && `. ${t('merge.more')}`}</p>}
        <span className="flex-1" />
        <Link to="/leads" className={buttonClass('quiet')}>{t('merge.back')}</Link>
      </div>
      {error && (
        <Failed
          title={t('merge.load_failed')} requestLabel={t('app.request')} requestId={error instanceof ApiError ? error.requestId : null}
          actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
        >
          {error.message}
        </Failed>
      )}
      {!data && !error && <Delayed><LeadSkeleton phone={false} /></Delayed>}
      {data?.pairs.length === 0 && (
        <Empty drawing={soundings} title={t('merge.none')} actions={<Link to="/leads" className={buttonClass()}>{t('merge.back')}</Link>}>
          {t('merge.none_more')}
        </Empty>
      )}
      {data && data.pairs.length > 0 && (
        <ul aria-label={t('merge.duplicates')} className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
          {data.pairs.map((pair) => <Pair key={pair.newer.id + pair.older.id} pair={pair} names={names} canChange={canChange} />)}
        </ul>
      )}
    </>
  );
}
