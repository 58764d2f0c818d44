// What the page of the rules reads and writes: the desk of a territory, its past, a trial, and saving.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

import { loadRealtime } from '../../api/client';
import { asCaller } from '../../api/lead-api';
import { refresh } from '../../api/refresh';
import { rpc } from '../../api/rpc';
import type { QueryClient } from '@tanstack/react-query';
import type { Rule, Strategy } from './draft';

export interface Rep {
  id: string;
  name: string;
  capacity: number;
  load: number;
  absent: boolean;
  at_work: boolean | null;
  specialities: string[];
  languages: string[];
  won: number;
  closed: number;
  time_zone: string;
  work_days: number[] | null;
  work_start: string | null;
  work_end: string | null;
  away: { starts_at: string; ends_at: string } | null;
}

interface Settings {
  strategy: Strategy;
  allow_neighbours: boolean;
  hold_outside_hours: boolean;
  specialist_types: string[];
}

export interface Desk {
  territory_id: number | null;
  version: string;
  may_edit: boolean;
  rules: Rule[];
  people: Rep[];
  settings: Settings | null;
}

export interface PastChange {
  at: string;
  actor: string | null;
  op: 'insert' | 'update' | 'delete';
  rule: string | null;
  changed: Record<string, [unknown, unknown]> | null;
}

interface Choice {
  owner_id: string | null;
  name: string | null;
  rule_priority: number;
  rule_name: string;
}

export interface TriedLead {
  id: string;
  reference: string;
  business_name: string;
  created_at: string;
  before: Choice;
  after: Choice & { reason: string };
  changed: boolean;
}

interface Counted {
  name: string;
  before: number;
  after: number;
}

export interface Trial {
  leads: TriedLead[];
  totals: { leads: number; changed: number; without_inputs: number; queued_before: number; queued_after: number };
  people: (Counted & { id: string })[];
  rules: (Counted & { priority: number })[];
}

const routing = ['routing'] as const;
const deskKey = (territory: number | null) => [...routing, 'desk', territory] as const;

/** Null: nothing that the caller may see. Loads move all the time, so they are read again each minute. */
export const deskQuery = (territory: number | null) => queryOptions({
  queryKey: deskKey(territory),
  refetchInterval: 60_000,
  queryFn: ({ signal }) => rpc<Desk | ''>('routing_desk', { p_territory: territory }, signal).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'not_found') return null;
    throw error;
  }) as Promise<Desk | null>,
});

export const pastQuery = (territory: number | null) => queryOptions({
  queryKey: [...routing, 'past', territory],
  queryFn: ({ signal }) => rpc<PastChange[]>('routing_history', { p_territory: territory }, signal),
});

interface Save {
  rules: readonly Rule[];
  version: string;
}

/** 409 version_conflict: somebody else saved; 422: a rule is wrong, the fault's field begins with its place in the list. */
export function useSaveRules(territory: number | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ rules, version }: Save) => asCaller('PUT', '/api/routing/rules', { territory, rules, version }) as Promise<Desk>,
    onSuccess: (desk) => {
      client.setQueryData(deskKey(territory), desk);
      refresh(client, routing);
    },
    onError: () => refresh(client, deskKey(territory)),
  });
}

export const useTrial = (territory: number | null) => useMutation({
  mutationFn: async (rules: readonly Rule[]) => asCaller('POST', '/api/routing/dry-run', { territory, rules }) as Promise<Trial>,
});

/** Reads the rules again when somebody saves them, as long as the page is open. */
export function followRules(client: QueryClient, onChange: () => void): () => void {
  let stop: () => void = () => undefined;
  let stopped = false;
  void loadRealtime().then((realtime) => {
    if (stopped) return;
    const channel = realtime.channel('routing').on('postgres_changes', { event: '*', schema: 'public', table: 'routing_rules' }, () => {
      refresh(client, routing);
      onChange();
    });
    channel.subscribe();
    stop = () => void realtime.removeChannel(channel);
  });
  return () => {
    stopped = true;
    stop();
  };
}
