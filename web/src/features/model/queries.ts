// Models, trainings and drift: one document of the lead API.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { asCaller } from '../../api/lead-api';
import { t } from '../../lib/en-model';
import { toast } from '../../ui/toasts';

export interface Report {
  auc?: number;
  rule_auc?: number;
  first?: boolean;
  judged_on?: number;
  log_loss?: number;
  base_log_loss?: number;
  champion_log_loss?: number;
  brier?: number;
  gain?: number;
  sure?: number;
  ece?: number;
  ece_noise?: number;
  worst_territory?: number;
  calibration?: { leads: number; said: number; seen: number }[];
  lift?: { share: number; captured: number; rules?: number }[];
  fields?: { name: string; label: string; mean_effect_pp: number }[];
  alarms?: { field: string; sentence: string; refuses: boolean }[];
}

export interface Version {
  id: string;
  created_at: string;
  status: 'champion' | 'retired' | 'rejected' | 'refused';
  stage: 'lr' | 'stack' | null;
  sha256: string | null;
  seed: number;
  leads: number;
  won: number;
  leads_from: string | null;
  leads_to: string | null;
  code: string;
  reason: string;
  report: Report;
  promoted_at: string | null;
  promoted_by: string | null;
}

export interface Job {
  id: string;
  state: 'queued' | 'running' | 'done' | 'dead' | 'cancelled';
  progress: number;
  step: string;
  cancel_requested: boolean;
  created_at: string;
  finished_at: string | null;
  error: string | null;
  result: { model?: string; scored?: number } | null;
}

export interface Models {
  models: Version[];
  run: Job | null;
  rescore: Job | null;
  closed: { leads: number; won: number };
  drift: { field: string; psi: number; leads: number; day: string }[];
}

export const isLive = (job: Job | null | undefined): boolean => job?.finished_at === null;

/** Asked again each second while something is under way, else every ten: others may start a training. */
export const modelsQuery = queryOptions({
  queryKey: keys.models,
  queryFn: () => asCaller('GET', '/api/models') as Promise<Models>,
  refetchInterval: ({ state: { data } }) => (isLive(data?.run) || isLive(data?.rescore) ? 1_000 : 10_000),
});

const reasonOf = (error: Error): string =>
  error instanceof ApiError && error.isOffline ? t('model.offline') : error.message;

/** Trains, cancels, puts a version in force; each is seen at the next answer. */
export function useModelWork() {
  const client = useQueryClient();
  const seen = () => client.invalidateQueries({ queryKey: keys.models });
  const refused = (error: Error) => {
    toast(t('model.refused', { reason: reasonOf(error) }), { tone: 'bad' });
  };
  const show = (run: unknown) => client.setQueryData<Models>(keys.models, (now) => now && { ...now, run: run as Job });
  const train = useMutation({
    mutationFn: () => asCaller('POST', '/api/models/train'), onSuccess: show, onError: refused, onSettled: seen,
  });
  const cancel = useMutation({
    mutationFn: (job: string) => asCaller('POST', `/api/models/runs/${job}/cancel`), onSuccess: show, onError: refused, onSettled: seen,
  });
  const promote = useMutation({
    mutationFn: ({ id }: { id: string; name: string; before: { id: string; name: string } | null }) => asCaller('POST', `/api/models/${id}/promote`),
    onSuccess: (_done, { name, before }) => {
      toast(t('model.promoted', { name }), before ? {
        action: { label: t('model.undo'), run: () => promote.mutate({ ...before, before: null }) },
      } : {});
    },
    onError: refused, onSettled: seen,
  });
  return { train, cancel, promote };
}
