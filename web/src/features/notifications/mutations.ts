// Marking notices read: at once on screen, back if the server refuses.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import type { NoticeRow } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { t } from '../../lib/en-frame';
import { toast } from '../../ui/toasts';

function show(client: QueryClient, isRead: (row: NoticeRow) => boolean): void {
  const at = new Date().toISOString();
  const before = client.getQueryData<NoticeRow[]>(keys.noticeList) ?? [];
  const read = before.filter((row) => row.read_at === null && isRead(row)).length;
  client.setQueryData<NoticeRow[]>(keys.noticeList, (rows) =>
    rows?.map((row) => (row.read_at === null && isRead(row) ? { ...row, read_at: at } : row)));
  client.setQueryData<number>(keys.unread, (unread) => unread && Math.max(0, unread - read));
}

function useReading<T>(write: (what: T) => Promise<unknown>, isRead: (row: NoticeRow, what: T) => boolean) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: write,
    onMutate: async (what) => {
      await client.cancelQueries({ queryKey: keys.notices });
      show(client, (row) => isRead(row, what));
    },
    onError: (error) => {
      const reason = error instanceof ApiError && error.isOffline ? t('notices.offline') : error.message;
      toast(t('notices.mark_failed', { reason }), { tone: 'bad' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.notices }),
  });
}

export const useMarkRead = () => useReading(
  async (id: string) => unwrap(await supabase.from('notifications')
    .update({ read_at: new Date().toISOString() }).eq('id', id).is('read_at', null).select('id')),
  (row, id) => row.id === id,
);

/** Those up to the newest on screen: what arrives meanwhile was not read. */
export const useMarkAllRead = () => useReading(
  (before: string) => rpc<number>('mark_notifications_read', { p_before: before }),
  (row, before) => row.created_at <= before,
);
