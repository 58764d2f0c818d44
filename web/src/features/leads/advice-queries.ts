// What to do next with a lead, and what was decided about it.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { asCaller } from '../../api/lead-api';
import { t } from '../../lib/en-advice';
import { toast } from '../../ui/toasts';
import type { FactValue } from './insight-queries';

export interface Step {
  key: string;
  rule: string;
  due: string | null;
  about: Record<string, string | number | boolean | null>;
  state: 'done' | 'snoozed' | 'dismissed' | null;
  until: string | null;
  /** Of a fact that the model names, and of a step that would change one. */
  label: string | null;
  value: FactValue;
  gain: { pp: number; interval80_pp: [number, number] } | null;
}

interface Advice {
  stage: 'rule' | 'lr' | 'stack';
  recommendations: Step[];
}

/** Asked anew with every version of the lead, and when somebody acts or decides (app/live.ts). */
export const adviceQuery = (lead: string, version: number) =>
  queryOptions({
    queryKey: [...keys.advice(lead), version],
    queryFn: () => asCaller('GET', `/api/leads/${lead}/recommendations`) as Promise<Advice>,
    placeholderData: (was: Advice | undefined) => was,
  });

export type Decision = Pick<Step, 'key' | 'state' | 'until'>;

/** Keeps a decision, or with `state` null takes it back. */
async function keep(lead: string, { key, state, until }: Decision): Promise<void> {
  const table = supabase.from('recommendation_states');
  unwrap(state === null
    ? await table.delete().eq('submission_id', lead).eq('key', key).select('key')
    : await table.upsert({ submission_id: lead, key, state, until }).select('key'));
}

interface Change {
  to: Decision;
  from: Decision;
  name: string;
}

export function useDecide(lead: string) {
  const client = useQueryClient();
  const show = (decision: Decision) =>
    client.setQueriesData<Advice>({ queryKey: keys.advice(lead) }, (advice) => advice && {
      ...advice,
      recommendations: advice.recommendations.map((step) => (step.key === decision.key ? { ...step, ...decision } : step)),
    });
  const decide = useMutation({
    mutationFn: ({ to }: Change) => keep(lead, to),
    onMutate: async ({ to }) => {
      await client.cancelQueries({ queryKey: keys.advice(lead) });
      show(to);
    },
    onSuccess: (_kept, { to, from, name }) => {
      toast(t(`advice.was_${to.state ?? 'null'}`, { step: name }), {
        action: { label: t('advice.undo'), run: () => decide.mutate({ to: from, from: to, name }) },
      });
    },
    onError: (error, { from }) => {
      show(from);
      toast(t('advice.not_kept', { reason: error.message }), { tone: 'bad' });
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.advice(lead) }),
  });
  return decide;
}
