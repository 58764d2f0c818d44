// All notices, the newest first, and beside them what one wants to be told.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { peopleQuery, personById } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { count, t } from '../../lib/en-notices';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';
import { Segments } from '../../ui/segments';
import { noticePagesQuery } from './centre-queries';
import { useMarkAllRead } from './mutations';
import { NoticeLine } from './notice-list';
import { NoticePrefs } from './notice-prefs';
import { unreadQuery } from './queries';

interface NoticeScreenProps {
  me: string;
  unreadOnly: boolean;
  onUnreadOnly: (unread: boolean) => void;
  onOpen: (lead: string) => void;
}

export function NoticeScreen({ me, unreadOnly, onUnreadOnly, onOpen }: NoticeScreenProps) {
  const people = useQuery(peopleQuery).data;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const unread = useQuery(unreadQuery).data ?? 0;
  const list = useInfiniteQuery(noticePagesQuery(unreadOnly));
  const notices = list.data?.pages.flat() ?? [];
  const readAll = useMarkAllRead();
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[54px]">
        <h1 className="text-15">{t('notices.title')}</h1>
        <p className="text-ink-3 max-md:sr-only" role="status">{unread > 0 ? count('notices.unread', unread) : t('notices.all_read')}</p>
        <span className="flex-1" />
        {unread > 0 && <Button look="quiet" onClick={() => readAll.mutate(new Date().toISOString())}>{t('notices.mark_all')}</Button>}
        <Segments
          label={t('centre.show')} value={unreadOnly ? 'unread' : 'all'} onChange={(show) => onUnreadOnly(show === 'unread')}
          options={[{ value: 'all', label: t('centre.everything') }, { value: 'unread', label: t('centre.unread') }]}
        />
      </div>
      <div className="grid min-h-0 flex-1 overflow-auto md:grid-cols-[minmax(0,1fr)_420px] md:overflow-hidden">
        <div className="min-w-0 border-line md:overflow-auto md:border-r" tabIndex={0}>
          {list.error && !list.data && (
            <Failed
              title={t('notices.load_failed')} requestLabel={t('app.request')} requestId={list.error instanceof ApiError ? list.error.requestId : null}
              actions={<Button onClick={() => void list.refetch()}>{t('app.retry')}</Button>}
            >
              {list.error.message}
            </Failed>
          )}
          <ul aria-label={t('notices.title')}>
            {notices.map((notice) => <NoticeLine key={notice.id} notice={notice} people={byId} onOpen={onOpen} />)}
          </ul>
          {list.data && notices.length === 0 && <p className="px-4 py-6 text-ink-2">{t(unreadOnly ? 'centre.none_unread' : 'notices.empty')}</p>}
          {list.hasNextPage && <Button look="quiet" className="m-3 text-sea!" onClick={() => void list.fetchNextPage()}>{t('centre.more')}</Button>}
        </div>
        <div className="min-w-0 border-line max-md:border-t md:overflow-auto"><NoticePrefs me={me} /></div>
      </div>
    </>
  );
}
