// The reads of leads: a windowed list, its count, one record, its time line.
import { infiniteQueryOptions, queryOptions, type InfiniteData } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import {
  activityColumns, type ActivityRow, assignmentColumns, type AssignmentRow, type LeadDetail, leadDetailColumns,
  changeColumns, type ChangeRow, type LeadRow, leadRowColumns, scoreHistoryColumns, type ScoreHistoryRow,
} from '../../api/rows';
import { createdAfter, factConditions, type LeadFilters, prefixPattern } from './filters';
import { after, type Cursor, orders } from './keyset';

const pageSize = 100;
const idPortion = 1000;

export interface LeadPage {
  rows: LeadRow[];
  /** Where the next page begins; null after the last. Kept, because rows come and go live. */
  next: Cursor | null;
}
export type LeadPages = InfiniteData<LeadPage, Cursor | null>;

const bandLimits = { hot: [80, 100], warm: [60, 79], cool: [40, 59], cold: [0, 39] } as const;

function filtered(filters: LeadFilters, columns: string, options?: { count: 'exact'; head: true }) {
  let query = supabase.from('submissions').select(columns, options);
  if (filters.status.length > 0) query = query.in('status', [...filters.status]);
  if (filters.owner === 'none') query = query.is('owner_id', null);
  else if (filters.owner !== null) query = query.eq('owner_id', filters.owner);
  if (filters.days !== null) query = query.gte('created_at', createdAfter(filters.days, Date.now()));
  if (filters.tag !== null) query = query.neq('tags', '{}').contains('tags', [filters.tag]);
  if (filters.fact !== null) for (const [column, how, value] of factConditions(filters.fact, Date.now())) query = query.filter(column, how, value);
  if (filters.nodes !== null) query = query.in('territory_id', [...filters.nodes]);
  if (filters.q !== '') query = query.ilike('business_name', prefixPattern(filters.q));
  if (filters.where !== null) query = query.or(filters.where.rest(Date.now()));
  if (filters.band.length > 0) {
    const ranges = filters.band.map((band) => bandLimits[band]);
    query = query.or(ranges.map(([from, to]) => `and(lead_score.gte.${from},lead_score.lte.${to})`).join(','));
  }
  return query;
}

/** The filters and the order of a list as REST's address has them, for a door that reads the same rows. */
export function queryText(filters: LeadFilters): string {
  const { column, ascending } = orders[filters.sort];
  const query = filtered(filters, 'id').order(column, { ascending, nullsFirst: false }).order('id', { ascending });
  // The client keeps its address to itself; no other place says how a filter is written.
  const { searchParams } = (query as unknown as { url: URL }).url;
  searchParams.delete('select');
  return searchParams.toString();
}

export const leadListQuery = (filters: LeadFilters) =>
  infiniteQueryOptions({
    queryKey: keys.leadList(filters),
    initialPageParam: null as Cursor | null,
    queryFn: async ({ pageParam, signal }): Promise<LeadPage> => {
      let query = filtered(filters, leadRowColumns);
      if (pageParam) query = query.or(after(pageParam, filters.sort));
      const { column, ascending } = orders[filters.sort];
      const answer = await query.order(column, { ascending, nullsFirst: false }).order('id', { ascending }).limit(pageSize).abortSignal(signal)
        .overrideTypes<LeadRow[], { merge: false }>();
      const rows = unwrap(answer);
      return { rows, next: rows.length < pageSize ? null : (rows.at(-1) ?? null) };
    },
    getNextPageParam: (last) => last.next,
  });

export const leadCountQuery = (filters: LeadFilters) =>
  queryOptions({
    queryKey: keys.leadCount({ ...filters, sort: null }),
    queryFn: async ({ signal }) => {
      const answer = await filtered(filters, 'id', { count: 'exact', head: true }).abortSignal(signal);
      if (answer.error) throw new ApiError('The leads could not be counted', { status: answer.status });
      return answer.count ?? 0;
    },
  });

/** The ids of all that match, as they are now, in portions. */
export async function matchingIds(filters: LeadFilters): Promise<string[]> {
  const ids: string[] = [];
  for (let last: string | undefined; ;) {
    let query = filtered(filters, 'id');
    if (last !== undefined) query = query.gt('id', last);
    const rows = unwrap(await query.order('id').limit(idPortion).overrideTypes<{ id: string }[], { merge: false }>());
    ids.push(...rows.map(({ id }) => id));
    if (rows.length === 0) return ids;
    last = rows.at(-1)?.id;
  }
}

export const leadQuery = (id: string) =>
  queryOptions({
    queryKey: keys.lead(id),
    queryFn: async ({ signal }) => {
      const answer = await supabase.from('submissions').select(leadDetailColumns).eq('id', id)
        .abortSignal(signal).maybeSingle().overrideTypes<LeadDetail, { merge: false }>();
      return unwrap(answer);
    },
  });

export interface Timeline {
  activities: ActivityRow[];
  assignments: AssignmentRow[];
  scores: ScoreHistoryRow[];
  /** Empty for those who may not read the audit log. */
  changes: ChangeRow[];
}

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: keys.timeline(id),
    queryFn: async ({ signal }): Promise<Timeline> => {
      const of = <T>(table: string, columns: string) =>
        supabase.from(table).select(columns).eq('submission_id', id)
          .order('created_at', { ascending: false }).limit(200).abortSignal(signal)
          .overrideTypes<T[], { merge: false }>();
      const audit = supabase.from('audit_log').select(changeColumns).eq('row_id', id).eq('table_name', 'submissions').eq('op', 'update')
        .order('at', { ascending: false }).limit(100).abortSignal(signal).overrideTypes<ChangeRow[], { merge: false }>();
      const [activities, assignments, scores, changes] = await Promise.all([
        of<ActivityRow>('activities', activityColumns),
        of<AssignmentRow>('assignments', assignmentColumns),
        of<ScoreHistoryRow>('score_history', scoreHistoryColumns),
        audit,
      ]);
      return { activities: unwrap(activities), assignments: unwrap(assignments), scores: unwrap(scores), changes: unwrap(changes) };
    },
  });
