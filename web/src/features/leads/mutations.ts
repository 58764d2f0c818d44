// Moving the status of a lead: at once on screen, back if refused.
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';

import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { rpc } from '../../api/rpc';
import type { LeadDetail, LeadRow } from '../../api/rows';
import type { Status } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-lead-move';
import { toast } from '../../ui/toasts';
import { applyLeadChange } from './live';

export interface Move {
  to: Status;
  reason?: string;
  activity?: { kind?: string; body?: string; next_contact_at?: string };
}

/** Every place on screen that shows the lead, in one go. */
function show(client: QueryClient, lead: LeadDetail): void {
  applyLeadChange(client, { table: 'submissions', type: 'UPDATE', record: { ...lead }, old: {} }, Date.now());
}

function whyRefused(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.isOffline) return t('move.offline');
  if (error.message === 'version_conflict') return t('move.conflict');
  if (error.message === 'illegal_transition') return t('move.illegal');
  if (error.message === 'deal_governs_status') return t('move.deal_governs');
  return error.details ?? error.message;
}

function useUndo() {
  const client = useQueryClient();
  return async (lead: LeadRow) => {
    try {
      const row = await rpc<LeadDetail>('undo_submission_status', { p_id: lead.id, p_version: lead.version });
      show(client, row);
      toast(t('move.undone', { name: row.business_name, status: statusName(row.status) }));
    } catch (error) {
      toast(t('move.undo_failed', { reason: whyRefused(error as Error) }), { tone: 'bad' });
      void client.invalidateQueries({ queryKey: keys.lead(lead.id) });
    }
    void client.invalidateQueries({ queryKey: keys.timeline(lead.id) });
  };
}

export function useMove(lead: LeadDetail) {
  const client = useQueryClient();
  const undo = useUndo();
  return useMutation({
    mutationFn: ({ to, reason, activity }: Move) =>
      rpc<LeadDetail>('change_submission_status', {
        p_id: lead.id, p_status: to, p_version: lead.version, p_reason: reason ?? null, p_activity: activity ?? null,
      }),
    onMutate: async ({ to }) => {
      await client.cancelQueries({ queryKey: keys.lead(lead.id) });
      show(client, { ...lead, status: to, status_changed_at: new Date().toISOString() });
      return { before: lead };
    },
    onSuccess: (row) => {
      show(client, { ...lead, ...row });
      toast(t('move.done', { name: row.business_name, status: statusName(row.status) }), {
        action: { label: t('move.undo'), run: () => void undo(row) },
      });
    },
    onError: (error, _move, context) => {
      const before = context?.before ?? lead;
      show(client, before);
      toast(
        t('move.refused', { name: before.business_name, status: statusName(before.status), reason: whyRefused(error) }),
        { tone: 'bad' },
      );
      void client.invalidateQueries({ queryKey: keys.lead(lead.id) });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: keys.timeline(lead.id) });
    },
  });
}
