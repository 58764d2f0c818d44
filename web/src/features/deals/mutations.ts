// The writes of deals: at once on screen, back if refused, and taken back by Undo.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { dealColumns, type DealDetail } from '../../api/rows';
import type { Role } from '../../lib/domain';
import { t } from '../../lib/en-deals';
import { toast } from '../../ui/toasts';
import { showDeal } from './live';
import { type DealPatch, placeOf, undoOf } from './model';

/** Writes over the version that was seen, so that nobody's change is overwritten unseen. */
async function write({ id, version }: Pick<DealDetail, 'id' | 'version'>, patch: DealPatch): Promise<DealDetail> {
  const answer = await supabase.from('deals').update(patch).eq('id', id).eq('version', version).select(dealColumns)
    .overrideTypes<DealDetail[], { merge: false }>();
  const [row] = unwrap(answer);
  if (!row) throw new ApiError('version_conflict', { code: 'version_conflict', status: 409 });
  return row;
}

function whyRefused(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.isOffline) return t('deal.offline');
  if (error.message === 'version_conflict') return t('deal.conflict');
  if (error.message === 'illegal_transition') return t('deal.illegal');
  if (error.message === 'value_required') return t('deal.value_required');
  return error.details ?? error.message;
}

/** The lead's status and story follow from the deal: the server writes them, here they are read again. */
function readLead(client: QueryClient, { submission_id: lead }: DealDetail): void {
  if (lead === null) return;
  void client.invalidateQueries({ queryKey: keys.lead(lead) });
  void client.invalidateQueries({ queryKey: keys.timeline(lead) });
}

function doneWords(deal: DealDetail, patch: DealPatch): string {
  const name = deal.title;
  if (patch.stage === undefined) return t('deal.saved', { name });
  const place = placeOf(deal);
  if (place === 'won' || place === 'lost') return t(`deal.${place}_done`, { name });
  return t('deal.moved', { name, stage: t(`stage.${place}`) });
}

/** `show` puts a deal on screen: at once, as the server answers, and back if it refuses. */
export function useChangeDeal(role: Role, show: typeof showDeal = showDeal) {
  const client = useQueryClient();
  const undo = async (deal: DealDetail, patches: DealPatch[]) => {
    let now = deal;
    try {
      for (const patch of patches) now = await write(now, patch);
      toast(t('deal.undone', { name: deal.title }));
    } catch (error) {
      toast(t('deal.undo_failed', { reason: whyRefused(error as Error) }), { tone: 'bad' });
    }
    show(client, now);
    readLead(client, deal);
  };
  return useMutation({
    mutationFn: ({ deal, patch }: { deal: DealDetail; patch: DealPatch }) => write(deal, patch),
    onMutate: async ({ deal, patch }) => {
      await client.cancelQueries({ queryKey: keys.deals });
      const seen = { ...deal, ...patch };
      delete seen.stage_reason;
      show(client, seen);
    },
    onSuccess: (row, { deal, patch }) => {
      show(client, row);
      const back = undoOf(deal, patch, role, t('deal.undo_note'));
      toast(doneWords(row, patch), back ? { action: { label: t('deal.undo'), run: () => void undo(row, back) } } : {});
    },
    onError: (error, { deal }) => {
      show(client, deal);
      toast(t('deal.refused', { name: deal.title, reason: whyRefused(error) }), { tone: 'bad' });
      void client.invalidateQueries({ queryKey: keys.deals });
      void client.invalidateQueries({ queryKey: keys.board });
    },
    onSettled: (_row, _error, { deal }) => readLead(client, deal),
  });
}
