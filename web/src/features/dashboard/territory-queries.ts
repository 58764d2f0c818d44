// What the page of a territory reads beside the numbers of the dashboard: functions of the database, under the caller's rights.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { rpc } from '../../api/rpc';
import type { OpenStage } from './territory-model';

const read = <T>(name: string, rpcName: string, territory: number | null, more: Record<string, unknown> = {}) =>
  queryOptions({
    queryKey: [...keys.dashboard, name, territory],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => rpc<T>(rpcName, { p_territory: territory, ...more }, signal),
  });

export interface TrendWeek {
  /** Its Monday. */
  week: string;
  leads: number;
  due: number;
  in_time: number;
  won: number;
  lost: number;
  won_usd: number;
}
export const trendWeeks = 12;
export const trendQuery = (territory: number | null) => read<TrendWeek[]>('trend', 'territory_trend', territory, { p_weeks: trendWeeks });

export interface Member {
  profile_id: string;
  /** Null: not a rep whom leads can go to. */
  capacity: number | null;
  load: number | null;
  away: boolean;
  open_leads: number;
  hot_leads: number;
  late: number;
  due: number;
  in_time: number;
  deals: number;
  pipeline_usd: number;
  won: number;
  closed: number;
  won_usd: number;
}
export const teamQuery = (territory: number | null) => read<Member[]>('team', 'territory_team', territory);

export interface Covered {
  territory_id: number;
  reps: number;
  away: number;
  free: number;
  open_leads: number;
  unowned: number;
}
export const coverageQuery = (territory: number | null) => read<Covered[]>('coverage', 'territory_coverage', territory);

export interface Piped {
  columns: { stage: OpenStage; deals: number; usd: number; weighted_usd: number }[];
}
/** The sums over the columns of the board, which say the same there. */
export const pipedQuery = (territory: number | null) => read<Piped>('piped', 'board_totals', territory, { p_owner: null });
