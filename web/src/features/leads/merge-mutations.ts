// Merging two leads, taking it back, and saying that two are different.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';

import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import type { LeadDetail } from '../../api/rows';
import { rpc, run } from '../../api/rpc';
import { count, mergeReason, t } from '../../lib/en-merge';
import { toast } from '../../ui/toasts';
import type { MergeFact } from './merge-model';

export const whyNotMerged = (error: unknown): string =>
  error instanceof ApiError ? mergeReason(error.isOffline ? 'offline' : error.message) : String(error);

/** Both leads and all that counts them. */
function readAgain(client: QueryClient): void {
  refresh(client, ['leads']);
  refresh(client, keys.deals);
  refresh(client, keys.board);
  refresh(client, keys.dashboard);
  refresh(client, keys.territories);
}

export async function unmerge(client: QueryClient, merge: string): Promise<void> {
  try {
    const back = await rpc<{ lead: LeadDetail; other: LeadDetail; left: string[] }>('unmerge_leads', { p_merge: merge });
    const words = { name: back.lead.business_name, other: back.other.business_name };
    toast(back.left.length === 0 ? t('merge.undone', words) : count('merge.undone_left', back.left.length, words));
  } catch (error) {
    toast(t('merge.undo_failed', { reason: whyNotMerged(error) }), { tone: 'bad' });
  }
  readAgain(client);
}

export interface Merge {
  kept: LeadDetail;
  other: LeadDetail;
  taken: MergeFact[];
}

export function useMerge(onMerged: (id: string) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ kept, other, taken }: Merge) => rpc<{ merge: string; lead: LeadDetail }>('merge_leads', {
      p_kept: kept.id, p_kept_version: kept.version, p_other: other.id, p_other_version: other.version, p_take: taken,
    }),
    onSuccess: ({ merge, lead }, { other }) => {
      readAgain(client);
      toast(t('merge.done', { name: lead.business_name, other: other.business_name }), {
        action: { label: t('merge.undo'), run: () => void unmerge(client, merge) }, ms: 15_000,
      });
      onMerged(lead.id);
    },
    onError: (_error, { kept, other }) => {
      refresh(client, keys.lead(kept.id));
      refresh(client, keys.lead(other.id));
    },
  });
}

interface Named {
  id: string;
  business_name: string;
}

export async function keepApart(client: QueryClient, a: Named, b: Named, apart: boolean): Promise<void> {
  try {
    await run('set_leads_apart', { p_a: a.id, p_b: b.id, p_apart: apart });
    if (apart) {
      toast(t('merge.apart_done', { a: a.business_name, b: b.business_name }), {
        action: { label: t('merge.undo'), run: () => void keepApart(client, a, b, false) },
      });
    }
  } catch (error) {
    toast(t('merge.apart_failed', { reason: whyNotMerged(error) }), { tone: 'bad' });
  }
  refresh(client, keys.suspects);
  refresh(client, keys.kin(a.id));
  refresh(client, keys.kin(b.id));
}
