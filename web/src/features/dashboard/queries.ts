// The numbers of the dashboard: each comes from one function of the database, under the caller's rights.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { type LeadRow, leadRowColumns } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { openStatuses, type Status } from '../../lib/domain';
import { readLayout } from './layout-model';

export interface Stats {
  new_leads: { value: number; previous: number };
  open_leads: { value: number };
  hot_leads: { value: number };
  contacted_in_sla: { value: number | null; due: number; previous: number | null };
  median_first_response_minutes: { value: number | null; previous: number | null; n: number };
  open_pipeline_usd: { value: number; deals: number };
  won_month_usd: { value: number; deals: number };
  rate_date: string | null;
  /** The newest rate came with the demo: nobody's quotation. */
  example_rates: boolean;
  updated_at: string;
}

export interface DayCount {
  day: string;
  country: string;
  leads: number;
}

export interface StatusCount {
  status: Status;
  leads: number;
}

/** How the caller arranged his dashboard; the first arrangement where he did not. */
export const layoutQuery = queryOptions({
  queryKey: keys.layout,
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('dashboard_layouts').select('widgets').limit(1).abortSignal(signal)
      .overrideTypes<{ widgets: unknown }[], { merge: false }>();
    return readLayout(unwrap(answer)[0]?.widgets);
  },
});

export const statsQuery = (territory: number | null) =>
  queryOptions({
    queryKey: keys.stats(territory),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => rpc<Stats>('dashboard_stats', { p_territory: territory }, signal),
  });

export const perDayQuery = (territory: number | null) =>
  queryOptions({
    queryKey: keys.perDay(territory),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => rpc<DayCount[]>('leads_per_day', { p_territory: territory }, signal),
  });

export const funnelQuery = (territory: number | null) =>
  queryOptions({
    queryKey: keys.funnel(territory),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => rpc<StatusCount[]>('lead_funnel', { p_territory: territory }, signal),
  });

/** Enough to say how many are late; more hot leads than this are not counted as late or not. */
export const hotLimit = 50;

export const hotLeadsQuery = (territory: number | null, nodes: readonly number[] | null) =>
  queryOptions({
    queryKey: keys.hotLeads(territory),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      let query = supabase.from('submissions').select(leadRowColumns)
        .in('status', [...openStatuses]).gte('lead_score', 80);
      if (nodes) query = query.in('territory_id', [...nodes]);
      const answer = await query.order('lead_score', { ascending: false }).order('id', { ascending: false })
        .limit(hotLimit).abortSignal(signal).overrideTypes<LeadRow[], { merge: false }>();
      return unwrap(answer);
    },
  });
