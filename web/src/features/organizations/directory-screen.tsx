// The list of organisations, and that of contacts: found by name, page by page from the server.
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';

import { nodeById, territoriesQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { count, t } from '../../lib/en-organizations';
import { locale } from '../../lib/language';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { cut } from '../../ui/drawings';
import { soundings, unlit } from '../../ui/drawings-of-lists';
import { Empty } from '../../ui/empty';
import { RecordTable } from '../../ui/record-table';
import { SearchBox } from '../../ui/search-box';
import { Segments } from '../../ui/segments';
import { useNow } from '../../ui/use-now';
import { ContactCard, contactColumns, OrganizationCard, organizationColumns } from './columns';
import { useArrived } from './live';
import { LoadFailed } from './parts';
import { type ContactLine, directoryCountQuery, directoryQuery, type DirectorySearch, type Kind, type OrganizationLine } from './queries';
import { useLiveRecords } from './use-live';

interface DirectoryScreenProps {
  kind: Kind;
  search: DirectorySearch;
  onSearch: (change: Partial<DirectorySearch>) => void;
  onOpen: (id: string) => void;
}

const tab = 'flex h-full items-center border-b-2 border-transparent px-0.5 text-ink-2 data-[status=active]:border-sea data-[status=active]:font-semibold data-[status=active]:text-ink';

function NothingHere({ kind, search, offline, onSearch }: Omit<DirectoryScreenProps, 'onOpen'> & { offline: boolean }) {
  if (offline) return <Empty drawing={cut} title={t('org.offline')}>{t('org.offline_more')}</Empty>;
  if (search.q !== undefined) {
    return (
      <Empty
        drawing={soundings} title={t('org.none_found', { text: search.q })}
        actions={<Button onClick={() => onSearch({ q: undefined })}>{t('org.clear')}</Button>}
      >
        {t('org.none_found_more')}
      </Empty>
    );
  }
  return <Empty drawing={unlit} title={t(kind === 'organizations' ? 'org.none' : 'org.no_contacts')}>{t('org.none_more')}</Empty>;
}

function Skeleton() {
  return (
    <div aria-hidden="true" className="flex-1 overflow-hidden">
      {Array.from({ length: 14 }, (_, i) => (
        <div key={i} className="flex h-9 items-center gap-8 border-b border-line px-4 max-md:h-[72px]">
          <span className="skeleton" style={{ width: 120 + ((i * 53) % 90) }} /><span className="skeleton max-md:hidden" style={{ width: 90 }} />
        </div>
      ))}
    </div>
  );
}

export function DirectoryScreen(props: DirectoryScreenProps) {
  const { kind, search, onSearch, onOpen } = props;
  const client = useQueryClient();
  const now = useNow();
  const tree = useQuery(territoriesQuery).data;
  const nodes = useMemo(() => nodeById(tree ?? []), [tree]);
  const list = useInfiniteQuery(directoryQuery(kind, search));
  const counted = useQuery(directoryCountQuery(kind, search)).data;
  const arrived = useArrived((state) => state[kind]);
  useLiveRecords();
  const rows = useMemo(() => list.data?.pages.flat() ?? [], [list.data]);
  const total = Math.max(counted ?? 0, rows.length);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const showNew = () => {
    useArrived.setState({ [kind]: 0 });
    void client.invalidateQueries({ queryKey: keys.directories });
  };
  const business = kind === 'organizations';
  const common = { label: t(business ? 'org.rows' : 'org.contact_rows', { n: total }), total, onMore: more, onOpen: ({ id }: { id: string }) => onOpen(id) };
  let body: ReactNode;
  if (rows.length > 0) {
    body = business
      ? <RecordTable {...common} rows={rows as OrganizationLine[]} columns={organizationColumns(nodes, now)} card={(row) => <OrganizationCard row={row} nodes={nodes} />} />
      : <RecordTable {...common} rows={rows as ContactLine[]} columns={contactColumns(nodes, now)} card={(row) => <ContactCard row={row} />} />;
  } else if (list.isSuccess || list.fetchStatus === 'paused' || list.error) {
    body = (list.error && !(list.error instanceof ApiError && list.error.isOffline)) || <NothingHere {...props} offline={!list.isSuccess} />;
    if (body === true) body = <div className="flex-1" />;
  } else body = <Delayed><Skeleton /></Delayed>;
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-4 border-b border-line px-4 max-md:h-[54px] max-md:gap-2.5">
        <h1 className="sr-only">{t(business ? 'org.title' : 'org.contacts')}</h1>
        <nav aria-label={t('org.kind')} className="flex h-full gap-4">
          <Link to="/organizations" search={{ q: search.q }} className={tab} activeOptions={{ includeSearch: false }}>{t('org.title')}</Link>
          <Link to="/contacts" search={{ q: search.q }} className={tab} activeOptions={{ includeSearch: false }}>{t('org.contacts')}</Link>
        </nav>
        {arrived > 0 && (
          <button type="button" onClick={showNew} className="flex min-h-6 items-center gap-1.5 rounded-full bg-flare-tint px-2 text-12">
            <span aria-hidden="true" className="size-1.5 rounded-full bg-flare" />{count('org.new', arrived)} <b className="font-semibold text-flare">{t('leads.show')}</b>
          </button>
        )}
        <span className="flex-1 max-md:hidden" />
        <SearchBox label={t('org.find')} value={search.q ?? ''} onChange={(q) => onSearch({ q: q === '' ? undefined : q })} />
        <span className="max-md:hidden">
          <Segments
            label={t('org.sort')} value={search.sort ?? 'name'} onChange={(sort) => onSearch({ sort: sort === 'newest' ? 'newest' : undefined })}
            options={[{ value: 'name', label: t('org.sort_name') }, { value: 'newest', label: t('org.sort_newest') }]}
          />
        </span>
      </div>
      {list.error && !(list.error instanceof ApiError && list.error.isOffline && rows.length === 0) && <LoadFailed error={list.error} onRetry={() => void list.refetch()} />}
      {body}
      <footer className="flex h-[34px] flex-none items-center border-t border-line px-4 text-12 text-ink-2" aria-live="polite">
        {counted !== undefined && count(business ? 'org.range' : 'org.contact_range', total, { shown: rows.length.toLocaleString(locale()) })}
      </footer>
    </>
  );
}
