// What people write on a lead: notes, contacts, tasks and their ticks.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import type { ActivityRow, LeadDetail } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { t } from '../../lib/en-lead-edit';
import { toast } from '../../ui/toasts';
import { applyLeadChange } from './live';
import type { Timeline } from './queries';

/** Every place on screen that shows the lead. */
export const showLead = (client: QueryClient, lead: LeadDetail): void =>
  applyLeadChange(client, { table: 'submissions', type: 'UPDATE', record: { ...lead }, old: {} }, Date.now());

export type Written =
  | { kind: 'note'; body: string; mentions: string[] }
  | { kind: 'call' | 'meeting' | 'visit' | 'email'; body: string; at: string }
  | { kind: 'task'; subject: string; due: string };

export const whyNot = (error: Error): string => {
  if (!(error instanceof ApiError)) return error.message;
  if (error.isOffline) return t('edit.offline');
  return error.message === 'not_owner' ? t('edit.not_owner') : (error.details ?? error.message);
};

const rowOf = (what: Written) => {
  switch (what.kind) {
    case 'note': return { kind: what.kind, body: what.body, ...(what.mentions.length > 0 && { data: { mentions: what.mentions } }) };
    case 'task': return { kind: what.kind, subject: what.subject, due_at: what.due };
    default: return { kind: what.kind, body: what.body === '' ? null : what.body, completed_at: what.at };
  }
};

export function useWrite(leadId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (what: Written) =>
      unwrap(await supabase.from('activities').insert({ submission_id: leadId, ...rowOf(what) }).select('id').single()),
    onSuccess: () => {
      refresh(client, keys.timeline(leadId));
      refresh(client, keys.board);
    },
  });
}

/** Ticked at once on screen, back if the server refuses, and taken back by Undo. */
export async function tick(client: QueryClient, leadId: string, task: ActivityRow, done: boolean): Promise<void> {
  const show = (at: string | null) => client.setQueryData<Timeline>(keys.timeline(leadId), (timeline) => timeline && {
    ...timeline, activities: timeline.activities.map((row) => (row.id === task.id ? { ...row, completed_at: at } : row)),
  });
  await client.cancelQueries({ queryKey: keys.timeline(leadId) });
  show(done ? new Date().toISOString() : null);
  try {
    const row = await rpc<ActivityRow>('set_task_done', { p_id: task.id, p_done: done });
    const undo = { label: t('tasks.undo'), run: () => void tick(client, leadId, { ...task, completed_at: row.completed_at }, false) };
    if (done) toast(t('tasks.ticked', { name: task.subject ?? '' }), { action: undo });
  } catch (error) {
    show(task.completed_at);
    toast(t('tasks.failed', { reason: whyNot(error as Error) }), { tone: 'bad' });
  }
  refresh(client, keys.timeline(leadId));
}
