// The numbers of the further widgets: each comes from one function of the database or one list, under the caller's rights.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { activityColumns, type ActivityRow, type LeadRow, leadRowColumns } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { openStatuses } from '../../lib/domain';

const read = <T>(name: string, rpcName: string, territory: number | null, more: Record<string, unknown> = {}) =>
  queryOptions({
    queryKey: [...keys.dashboard, name, territory, more],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => rpc<T[]>(rpcName, { p_territory: territory, ...more }, signal),
  });

export interface Counted {
  key: string;
  leads: number;
}
export const breakdownQuery = (territory: number | null, by: 'score' | 'interest' | 'channel' | 'business_type') =>
  read<Counted>('breakdown', 'open_breakdown', territory, { p_by: by });

export interface Conversion extends Counted {
  won: number;
  lost: number;
  open: number;
}
export const conversionDays = 180;
export const conversionQuery = (territory: number | null, by: string) =>
  read<Conversion>('conversion', 'lead_conversion', territory, { p_by: by, p_days: conversionDays });

export interface Velocity {
  stage: 'new' | 'contacted' | 'qualified' | 'proposal' | 'negotiation' | 'cycle';
  n: number;
  median_days: number | null;
  slow_days: number | null;
}
export const velocityQuery = (territory: number | null) => read<Velocity>('velocity', 'deal_velocity', territory, { p_days: conversionDays });

export interface PlaceWeek {
  territory_id: number;
  week: string;
  leads: number;
}
export const weeksShown = 12;
export const weeksQuery = (territory: number | null) => read<PlaceWeek>('weeks', 'territory_weeks', territory, { p_weeks: weeksShown });

export interface Leader {
  rank: number;
  profile_id: string | null;
  is_me: boolean;
  won_usd: number;
  won: number;
  closed: number;
}
export const leadersQuery = (territory: number | null) => read<Leader>('leaders', 'leaderboard', territory);

export interface Waiting {
  state: 'late' | 'soon' | 'later' | 'none';
  band: string;
  leads: number;
}
export const slaQuery = (territory: number | null) => read<Waiting>('sla', 'sla_state', territory);

const listLength = 8;

export interface Listed<T> {
  rows: T[];
  total: number;
}

/** The newest leads that are open, or those that nobody owns, the oldest first; with how many there are. */
export const openListQuery = (territory: number | null, nodes: readonly number[] | null, which: 'recent' | 'queue') =>
  queryOptions({
    queryKey: [...keys.dashboard, which, territory],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Listed<LeadRow>> => {
      let query = supabase.from('submissions').select(leadRowColumns, { count: 'exact' }).in('status', [...openStatuses]);
      if (which === 'queue') query = query.is('owner_id', null);
      if (nodes) query = query.in('territory_id', [...nodes]);
      const answer = await query.order('created_at', { ascending: which === 'queue' }).order('id', { ascending: which === 'queue' })
        .limit(listLength).abortSignal(signal).overrideTypes<LeadRow[], { merge: false }>();
      return { rows: unwrap(answer), total: answer.count ?? 0 };
    },
  });

export type TaskRow = ActivityRow & { submissions: { business_name: string } | null };

/** The open tasks on what the caller owns, the soonest first. */
export const tasksQuery = (me: string) =>
  queryOptions({
    queryKey: [...keys.dashboard, 'tasks', me],
    queryFn: async ({ signal }): Promise<Listed<TaskRow>> => {
      const answer = await supabase.from('activities').select(`${activityColumns},submissions(business_name)`, { count: 'exact' })
        .eq('kind', 'task').is('completed_at', null).eq('owner_id', me).order('due_at', { nullsFirst: false }).order('id').limit(listLength)
        .abortSignal(signal).overrideTypes<TaskRow[], { merge: false }>();
      if (answer.error) throw new ApiError(answer.error.message, { status: answer.status });
      return { rows: answer.data, total: answer.count ?? 0 };
    },
  });
