// Two leads side by side: which one is kept, which facts it takes, what else goes along, and the merge.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import type { LeadDetail } from '../../api/rows';
import { count, t } from '../../lib/en-merge';
import { Button, buttonClass } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { unsurveyed } from '../../ui/drawings';
import { Empty } from '../../ui/empty';
import { Failed } from '../../ui/failed';
import { LeadSkeleton } from './lead-skeleton';
import { MergeColumn } from './merge-column';
import { MergeFacts } from './merge-facts';
import { firstTaken, goesAlong, type MergeFact, toggleTaken } from './merge-model';
import { useMerge, whyNotMerged } from './merge-mutations';
import { leadQuery, timelineQuery } from './queries';

interface MergeScreenProps {
  a: string;
  b: string;
  onMerged: (id: string) => void;
}

/** The open one, then the older: what people work with is kept unless somebody says otherwise. */
const better = (a: LeadDetail, b: LeadDetail): LeadDetail => {
  if ((a.status === 'archived') !== (b.status === 'archived')) return a.status === 'archived' ? b : a;
  return Date.parse(a.created_at) <= Date.parse(b.created_at) ? a : b;
};

function Along({ kept, other }: { kept: LeadDetail; other: LeadDetail }) {
  const timeline = useQuery(timelineQuery(other.id)).data;
  const { activities, deals, phones, tags } = goesAlong(kept, other, timeline?.activities ?? []);
  const lines = [
    activities > 0 && count('merge.activities', activities), deals > 0 && count('merge.deals', deals),
    phones > 0 && count('merge.phones', phones), tags.length > 0 && t('merge.tags', { tags: tags.join(', ') }),
  ].filter((line) => line !== false);
  return (
    <section aria-labelledby="along" className="px-4 py-4">
      <h2 id="along">{t('merge.moves', { name: kept.business_name })}</h2>
      {timeline && lines.length === 0
        ? <p className="mt-1 text-ink-2">{t('merge.nothing_moves')}</p>
        : <ul className="mt-1 min-h-[18px] text-ink-2">{lines.map((line) => <li key={line}>{line}</li>)}</ul>}
      <p className="mt-3 max-w-[72ch] text-ink-3">{t('merge.history', { name: other.business_name })}</p>
    </section>
  );
}

function Compared({ left, right, onMerged }: { left: LeadDetail; right: LeadDetail; onMerged: (id: string) => void }) {
  const people = useQuery(peopleQuery).data;
  const nodes = useQuery(territoriesQuery).data;
  const names = useMemo(() => ({ people: personById(people ?? []), nodes: nodeById(nodes ?? []) }), [people, nodes]);
  const [keepId, setKeepId] = useState(better(left, right).id);
  const [kept, other] = keepId === left.id ? [left, right] : [right, left];
  const [chosen, setChosen] = useState<MergeFact[] | null>(null);
  const taken = chosen ?? firstTaken(kept, other);
  const merge = useMerge(onMerged);
  const keep = (lead: LeadDetail) => {
    if (lead.status === 'archived') return undefined;
    return () => {
      setKeepId(lead.id);
      setChosen(null);
    };
  };
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[54px]">
        <h1 className="text-15">{t('merge.title')}</h1>
        <span className="flex-1" />
        <Link to="/leads/duplicates" className={buttonClass('quiet')}>{t('merge.duplicates')}</Link>
      </div>
      {merge.error && (
        <Failed
          title={t('merge.failed')} requestLabel={t('app.request')} requestId={merge.error instanceof ApiError ? merge.error.requestId : null}
        >
          {whyNotMerged(merge.error)}
        </Failed>
      )}
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={-1}>
        <fieldset className="sticky top-0 z-2 grid grid-cols-2 bg-surface md:grid-cols-[168px_minmax(0,1fr)_minmax(0,1fr)]">
          <legend className="sr-only">{t('merge.keep')}</legend>
          <span className="border-b-2 border-line max-md:hidden" />
          {[left, right].map((lead) => <MergeColumn key={lead.id} lead={lead} names={names} kept={lead === kept} onKeep={keep(lead)} />)}
        </fieldset>
        <MergeFacts
          leads={[left, right]} kept={kept} taken={taken} onTake={(fact, take) => setChosen(toggleTaken(taken, fact, take, kept, other))}
        />
        <Along kept={kept} other={other} />
      </div>
      <div className="flex flex-none items-center gap-3 border-t border-line px-4 py-2.5">
        <Button look="primary" className="max-md:h-11 max-md:flex-1" disabled={merge.isPending} onClick={() => merge.mutate({ kept, other, taken })}>
          {merge.isPending ? t('merge.working') : t('merge.do', { name: kept.business_name })}
        </Button>
      </div>
    </>
  );
}

export function MergeScreen({ a, b, onMerged }: MergeScreenProps) {
  const left = useQuery(leadQuery(a));
  const right = useQuery(leadQuery(b));
  if (left.data && right.data && a !== b) return <Compared left={left.data} right={right.data} onMerged={onMerged} />;
  if (left.error || right.error || a === b) {
    return (
      <Empty
        heading="h1" drawing={unsurveyed} title={t('merge.missing')}
        actions={<Link to="/leads" className={buttonClass()}>{t('merge.back')}</Link>}
      >
        {t('merge.missing_more')}
      </Empty>
    );
  }
  return <Delayed><LeadSkeleton phone={false} /></Delayed>;
}
