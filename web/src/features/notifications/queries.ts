// What a person was told: how much of it is unread, and the newest of it.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { noticeColumns, type NoticeRow } from '../../api/rows';

const listLength = 50;

export const unreadQuery = queryOptions({
  queryKey: keys.unread,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('notifications').select('id', { count: 'exact', head: true })
      .is('read_at', null).abortSignal(signal);
    if (answer.error) throw new ApiError('The notifications could not be counted', { status: answer.status });
    return answer.count ?? 0;
  },
});

export const noticesQuery = queryOptions({
  queryKey: keys.noticeList,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('notifications').select(noticeColumns)
      .order('created_at', { ascending: false }).order('id', { ascending: false })
      .limit(listLength).abortSignal(signal).overrideTypes<NoticeRow[], { merge: false }>();
    return unwrap(answer);
  },
});
