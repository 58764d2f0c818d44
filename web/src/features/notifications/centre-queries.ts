// All notices in pages, and what a person wants to be told by which channel.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { noticeColumns, type NoticeRow, prefColumns, type PrefRow } from '../../api/rows';
import { t } from '../../lib/en-notices';
import { toast } from '../../ui/toasts';

const pageSize = 50;

export const noticePagesQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: keys.noticePages(unread),
    initialPageParam: null as NoticeRow | null,
    queryFn: async ({ pageParam: last, signal }): Promise<NoticeRow[]> => {
      let query = supabase.from('notifications').select(noticeColumns);
      if (unread) query = query.is('read_at', null);
      if (last) query = query.or(`created_at.lt."${last.created_at}",and(created_at.eq."${last.created_at}",id.lt.${last.id})`);
      const answer = await query.order('created_at', { ascending: false }).order('id', { ascending: false })
        .limit(pageSize).abortSignal(signal).overrideTypes<NoticeRow[], { merge: false }>();
      return unwrap(answer);
    },
    getNextPageParam: (page) => (page.length < pageSize ? null : page.at(-1)),
  });

export const noticeKinds = [
  'lead_assigned', 'mentioned', 'hot_lead', 'contacted_again', 'score_changed', 'deal_stage_changed', 'deal_won', 'lead_transferred',
  'lead_unassigned', 'lead_returned', 'nurture_over', 'first_contact_soon', 'first_contact_late',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export const channels = ['in_app', 'email', 'push'] as const;
export type Channel = (typeof channels)[number];

/** What holds as long as a person has said nothing: the defaults of the table. */
const first = { in_app: true, email: true, push: false, quiet_from: null, quiet_to: null };

export const prefsQuery = queryOptions({
  queryKey: keys.prefs,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('notification_prefs').select(prefColumns).limit(200).abortSignal(signal)
      .overrideTypes<PrefRow[], { merge: false }>();
    return unwrap(answer);
  },
});

export const prefOf = (prefs: readonly PrefRow[], type: NoticeKind): PrefRow =>
  prefs.find((pref) => pref.type === type) ?? { type, ...first };

/** Writes whole rows: at once on screen, back if the server refuses. */
export function useSavePrefs(me: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (rows: PrefRow[]) =>
      unwrap(await supabase.from('notification_prefs').upsert(rows.map((row) => ({ ...row, user_id: me })), { onConflict: 'user_id,type' }).select('type')),
    onMutate: async (rows) => {
      await client.cancelQueries({ queryKey: keys.prefs });
      const before = client.getQueryData<PrefRow[]>(keys.prefs);
      client.setQueryData<PrefRow[]>(keys.prefs, (prefs = []) => [...prefs.filter(({ type }) => !rows.some((row) => row.type === type)), ...rows]);
      return { before };
    },
    onError: (error, _rows, context) => {
      client.setQueryData(keys.prefs, context?.before);
      const reason = error instanceof ApiError && error.isOffline ? t('notices.offline') : error.message;
      toast(t('prefs.failed', { reason }), { tone: 'bad' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.prefs }),
  });
}
