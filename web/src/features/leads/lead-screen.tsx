// Everything about one lead: facts, what happened, and why its number is what it is.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import type { Here } from '../../api/presence';
import type { SessionUser } from '../../api/session';
import { t } from '../../lib/en-leads';
import { Button, buttonClass } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { cut, unsurveyed } from '../../ui/drawings';
import { Empty } from '../../ui/empty';
import { Failed } from '../../ui/failed';
import { useKeys } from '../../ui/use-keys';
import { useMedia, usePhone } from '../../ui/use-media';
import { useTitle } from '../../ui/use-title';
import { WhenSeen } from '../../ui/when-seen';
import { useLastList } from './last-list';
import { LeadFacts } from './lead-facts';
import { LeadHead } from './lead-head';
import { LeadScore } from './lead-score';
import { LeadTasks } from './lead-tasks';
import { LeadTimeline } from './lead-timeline';
import { LeadTitle } from './lead-title';
import { NoteForm } from './note-form';
import { rememberLead } from './recent';
import { type LeadPages, leadCountQuery, leadQuery, timelineQuery } from './queries';

// Most leads have no double: the strip comes after what everybody reads.
const MergeNotice = lazy(() => import('./merge-notice').then((part) => ({ default: part.MergeNotice })));
const FoundFacts = lazy(() => import('./found-facts').then((part) => ({ default: part.FoundFacts })));
const LeadAdvice = lazy(() => import('./lead-advice').then((part) => ({ default: part.LeadAdvice })));
const LeadChance = lazy(() => import('./lead-chance').then((part) => ({ default: part.LeadChance })));

interface LeadScreenProps {
  id: string;
  user: SessionUser;
  others: Here[];
  /** Composed by the route: deals are another feature. */
  deals: ReactNode;
  onOpen: (id: string) => void;
}

/** The lead's place in the list one came from, as far as that is loaded. */
function usePlace(id: string) {
  const client = useQueryClient();
  const filters = useLastList((state) => state.filters);
  if (!filters) return null;
  const pages = client.getQueryData<LeadPages>(keys.leadList(filters))?.pages ?? [];
  const ids = pages.flatMap((page) => page.rows.map((row) => row.id));
  const index = ids.indexOf(id);
  if (index < 0) return null;
  const all = client.getQueryData(leadCountQuery(filters).queryKey) ?? ids.length;
  return { index, all: Math.max(all, ids.length), previous: ids[index - 1], next: ids[index + 1] };
}

function Missing({ offline }: { offline: boolean }) {
  return (
    <Empty
      heading="h1" drawing={offline ? cut : unsurveyed} title={t(offline ? 'empty.offline' : 'empty.missing')}
      actions={<Link to="/leads" className={buttonClass()}>{t('empty.back')}</Link>}
    >
      {t(offline ? 'empty.offline_more' : 'empty.missing_more')}
    </Empty>
  );
}

export function LeadScreen({ id, user, others, deals, onOpen }: LeadScreenProps) {
  const phone = usePhone();
  const wide = useMedia('(min-width: 1360px)');
  const { data: lead, error, refetch, fetchStatus } = useQuery(leadQuery(id));
  const timeline = useQuery(timelineQuery(id));
  const people = useQuery(peopleQuery).data;
  const nodes = useQuery(territoriesQuery).data;
  const names = useMemo(() => ({ people: personById(people ?? []), nodes: nodeById(nodes ?? []) }), [people, nodes]);
  const place = usePlace(id);
  useTitle(lead?.business_name ?? t('leads.title'));
  const name = lead?.business_name;
  useEffect(() => {
    if (name !== undefined) rememberLead({ id, name });
  }, [id, name]);
  useKeys({
    j: () => place?.next !== undefined && onOpen(place.next),
    k: () => place?.previous !== undefined && onOpen(place.previous),
  });

  const failure = error instanceof ApiError ? error : null;
  if (!lead) {
    // An id that is no id at all is as little there as one that may not be seen.
    if (failure && (failure.status === 404 || failure.code === '22P02')) return <Missing offline={false} />;
    if (failure?.isOffline || fetchStatus === 'paused') return <Missing offline />;
    if (error) {
      return (
        <Failed
          title={t('lead.load_failed')} requestLabel={t('app.request')} requestId={failure?.requestId ?? null}
          actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
        >
          {error.message}
        </Failed>
      );
    }
    return <Delayed><LeadSkeleton /></Delayed>;
  }
  const canEdit = user.role === 'manager' || user.role === 'admin' || (user.role === 'rep' && lead.owner_id === user.id);
  const score = <><LeadScore lead={lead} /><Suspense><LeadChance key={id} lead={lead} /></Suspense></>;
  return (
    <>
      <LeadHead lead={lead} others={others} place={place} />
      <Suspense><MergeNotice lead={lead} names={names} canEdit={canEdit} /></Suspense>
      {error && (
        <Failed title={t('lead.load_failed')} requestLabel={t('app.request')} requestId={failure?.requestId ?? null}>
          {failure?.status === 404 ? t('lead.left') : error.message}
        </Failed>
      )}
      <div className="grid min-h-0 flex-1 overflow-auto md:grid-cols-[336px_minmax(0,1fr)] md:overflow-hidden xl:grid-cols-[336px_minmax(0,1fr)_372px]">
        <div className="min-w-0 border-line md:overflow-auto md:border-r">
          <LeadTitle lead={lead} names={names} role={user.role} me={user.id} />
          {deals}
          {phone && <div className="border-t border-line">{score}</div>}
          <LeadFacts lead={lead} names={names} canEdit={canEdit} />
          <WhenSeen key={id}><Suspense><FoundFacts lead={lead} canEdit={canEdit} isAdmin={user.role === 'admin'} /></Suspense></WhenSeen>
        </div>
        <div className="min-w-0 border-line max-md:border-t md:overflow-auto">
          {!phone && !wide && <div className="border-b border-line">{score}</div>}
          {timeline.data && <LeadTasks leadId={id} activities={timeline.data.activities} names={names} canWrite={user.role !== 'viewer'} />}
          <Suspense><LeadAdvice key={id} lead={lead} canDecide={canEdit} /></Suspense>
          {user.role !== 'viewer' && <NoteForm leadId={id} people={people ?? []} />}
          {timeline.data && <LeadTimeline lead={lead} timeline={timeline.data} names={names} />}
          {timeline.error && !timeline.data && (
            <Failed
              title={t('timeline.load_failed')} requestLabel={t('app.request')}
              requestId={timeline.error instanceof ApiError ? timeline.error.requestId : null}
              actions={<Button onClick={() => void timeline.refetch()}>{t('app.retry')}</Button>}
            >
              {timeline.error.message}
            </Failed>
          )}
        </div>
        {wide && <div className="min-w-0 overflow-auto border-l border-line">{score}</div>}
      </div>
    </>
  );
}

function LeadSkeleton() {
  return (
    <div aria-hidden="true" className="grid flex-1 gap-4 p-5">
      {[220, 140, 280, 180, 240, 160].map((width) => <span key={width} className="skeleton" style={{ width }} />)}
    </div>
  );
}
