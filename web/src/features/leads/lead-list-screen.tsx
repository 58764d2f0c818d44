// The list of leads: views, filters, the table (cards on a phone), and the foot.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';

import { peopleQuery, personById, territoriesQuery, nodeById, withBelow } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import type { LeadRow } from '../../api/rows';
import type { Role } from '../../lib/domain';
import { count, t } from '../../lib/en-lead-list';
import { clock } from '../../lib/time';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { Failed } from '../../ui/failed';
import { usePhone } from '../../ui/use-media';
import { type LeadSearch, resolve } from './filters';
import { clearSelection, useSelection } from './selection';
import { useLastList } from './last-list';
import { LeadFilterBar } from './lead-filter-bar';
import { LeadFoot } from './lead-foot';
import { LeadSkeleton } from './lead-skeleton';
import { LeadTable } from './lead-table';
import { LeadViews } from './lead-views';
import { showRows } from './live';
import { leadCountQuery, leadListQuery } from './queries';

interface LeadListScreenProps {
  search: LeadSearch;
  me: string;
  role: Role;
  onSearch: (change: Partial<LeadSearch>) => void;
  onOpen: (id: string) => void;
  /** The query of a saved view in place of the one that is there. */
  onView: (id: string | undefined, query: string) => void;
  /** The lead that is looked at beside the list, composed by the route. */
  preview: ReactNode;
}

// A phone's cards and a desk's table: nobody needs both.
const loadCards = () => import('./lead-cards').then((part) => ({ default: part.LeadCards }));
const LeadCards = lazy(loadCards);
// Seldom is nothing there.
const LeadListEmpty = lazy(() => import('./lead-list-empty').then((part) => ({ default: part.LeadListEmpty })));
const BulkBar = lazy(() => import('./bulk-bar').then((part) => ({ default: part.BulkBar })));
const none: LeadRow[] = [];

export function LeadListScreen({ search, me, role, onSearch, onOpen, onView, preview }: LeadListScreenProps) {
  const client = useQueryClient();
  const phone = usePhone();
  const people = useQuery(peopleQuery).data;
  const nodes = useQuery(territoriesQuery).data;
  // What reads conditions is loaded when an address has some.
  const grammar = useQuery({ queryKey: keys.grammar, queryFn: () => import('./where'), staleTime: Infinity, enabled: search.where !== undefined }).data;
  const waits = (search.territory !== undefined || search.where !== undefined) && nodes === undefined || (search.where !== undefined && !grammar);
  const filters = useMemo(() => {
    const below = search.territory !== undefined && nodes ? withBelow(nodes, search.territory) : null;
    const where = search.where === undefined || !nodes ? null : (grammar?.whereOf(search.where, { me, below: (node) => [...withBelow(nodes, node)] }) ?? null);
    return resolve(search, me, below, where);
  }, [search, me, nodes, grammar]);
  const list = useInfiniteQuery({ ...leadListQuery(filters), enabled: !waits });
  const total = useQuery({ ...leadCountQuery(filters), enabled: !waits }).data;
  const waiting = useQuery({ queryKey: keys.waiting(filters), queryFn: () => none, staleTime: Infinity }).data ?? none;
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? none, [list.data]);
  const names = useMemo(
    () => ({ people: personById(people ?? []), nodes: nodeById(nodes ?? []) }),
    [people, nodes],
  );

  const picked = useSelection((state) => state.all || state.ids.size > 0);
  // What is ticked belongs to what is shown.
  useEffect(() => clearSelection, [filters]);
  useEffect(() => useLastList.setState({ search, filters }), [search, filters]);
  // Beside the rows, not after them.
  useEffect(() => {
    if (phone) void loadCards();
  }, [phone]);

  const show = () => showRows(client, filters, waiting);
  const more = () => {
    if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  };
  const canOwn = role !== 'viewer';
  const leads = role === 'manager' || role === 'admin';
  const shareable = leads ? (nodes ?? []).filter(({ kind }) => kind !== 'area') : [];
  const view = { rows, names, filters, waiting: waiting.length, total, onShow: show, onMore: more, onOpen };
  const failed = list.error;
  const retry = <Button onClick={() => void list.refetch()}>{t('app.retry')}</Button>;
  return (
    <>
      <LeadViews search={search} total={total} me={me} canOwn={canOwn} shareable={shareable} onView={onView} />
      <LeadFilterBar
        search={search} filters={filters} me={me} people={people ?? []} phone={phone} onSearch={onSearch}
        onExport={canOwn ? () => void import('./export').then(({ exportLeads }) => exportLeads(filters, [], total)) : undefined}
      />
      {failed && !(failed instanceof ApiError && failed.isOffline && rows.length === 0) && (
        <Failed
          title={t(list.data ? 'leads.stale_failed' : 'leads.load_failed')} requestLabel={t('app.request')}
          requestId={failed instanceof ApiError ? failed.requestId : null} actions={retry}
        >
          {list.data ? t('leads.stale_more', { time: clock(new Date(list.dataUpdatedAt)) }) : failed.message}
        </Failed>
      )}
      {rows.length > 0 ? (
        phone
          ? <Suspense fallback={<LeadSkeleton phone />}><LeadCards {...view} /></Suspense>
          : (
            <div className="relative flex min-h-0 flex-1">
              <LeadTable
                {...view} sort={filters.sort} onSort={(sort) => onSearch({ sort })} canChange={canOwn}
                onPreview={(id) => onSearch({ open: search.open === id ? undefined : id })}
              />
              {preview}
            </div>
          )
      ) : list.isSuccess || failed || list.fetchStatus === 'paused' ? (
        <Suspense>
          <LeadListEmpty
            search={search} filters={filters} onSearch={onSearch}
            offline={list.fetchStatus === 'paused' || (failed instanceof ApiError && failed.isOffline)}
            waiting={waiting.length > 0 ? { label: count('leads.waiting', waiting.length), onShow: show } : null}
          />
        </Suspense>
      ) : (
        <Delayed><LeadSkeleton phone={phone} /></Delayed>
      )}
      {picked && canOwn && (
        <Suspense><BulkBar filters={filters} total={total} shown={rows.length} people={people ?? []} leads={leads} /></Suspense>
      )}
      {!phone && <LeadFoot shown={rows.length} total={total} loading={list.isFetchingNextPage} />}
    </>
  );
}
