// What a list shows: the filters of the URL, as a query, as a test of one row, and as words.
import type { LeadRow } from '../../api/rows';
import { bandOf, type Band, type leadSorts, type Status } from '../../lib/domain';
import type { Where } from './where';

export type Sort = (typeof leadSorts)[number];

/** As in the URL. */
export interface LeadSearch {
  status?: Status[] | undefined;
  band?: Band[] | undefined;
  owner?: string | undefined;
  days?: number | undefined;
  tag?: string | undefined;
  /** One fact and its value, as a chart names it: `business_type.retail`, `score.60` for the sixties, `due.late`. */
  fact?: string | undefined;
  q?: string | undefined;
  /** Conditions joined by and, or: where.ts. */
  where?: string | undefined;
  /** The saved view it began with. */
  view?: string | undefined;
  /** The lead that is looked at beside the list. */
  open?: string | undefined;
  sort?: Sort | undefined;
  territory?: number | undefined;
}

/** Resolved: `me` is an id, a territory is a set of nodes. The key of the list's queries. */
export interface LeadFilters {
  status: readonly Status[];
  band: readonly Band[];
  owner: string | null;
  days: number | null;
  tag: string | null;
  fact: string | null;
  q: string;
  where: Where | null;
  nodes: readonly number[] | null;
  sort: Sort;
}

export const filterNames = ['status', 'band', 'owner', 'days', 'tag', 'fact', 'q', 'where'] as const;
export type FilterName = (typeof filterNames)[number];

export function resolve(search: LeadSearch, me: string, nodes: ReadonlySet<number> | null, where: Where | null = null): LeadFilters {
  return {
    status: search.status ?? [],
    band: search.band ?? [],
    owner: search.owner === 'me' ? me : (search.owner ?? null),
    days: search.days ?? null,
    tag: search.tag ?? null,
    fact: search.fact ?? null,
    q: search.q ?? '',
    where,
    nodes: nodes && [...nodes].sort((a, b) => a - b),
    sort: search.sort ?? 'score',
  };
}

export const activeFilters = (search: LeadSearch): FilterName[] =>
  filterNames.filter((name) => {
    const value = search[name];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';
  });

const day = 24 * 60 * 60_000;

export const createdAfter = (days: number, now: number): string => new Date(now - days * day).toISOString();

const soonHours = 4;

type Condition = readonly [column: keyof LeadRow, how: 'eq' | 'gte' | 'lte' | 'is', value: string | null];

/** Columns with what they are compared with; a score is a span of ten, 100 belongs to the nineties. */
export function factConditions(fact: string, now: number): Condition[] {
  const [what, value = ''] = fact.split('.');
  const iso = (at: number) => new Date(at).toISOString();
  if (what === 'score') {
    return value === 'none' ? [['lead_score', 'is', null]]
      : [['lead_score', 'gte', value], ['lead_score', 'lte', value === '90' ? '100' : String(Number(value) + 9)]];
  }
  if (what === 'due') {
    const soon = iso(now + soonHours * 60 * 60_000);
    const due = 'first_response_due_at';
    const spans: Record<string, Condition[]> = {
      late: [[due, 'lte', iso(now)]], soon: [[due, 'gte', iso(now)], [due, 'lte', soon]], later: [[due, 'gte', soon]],
    };
    return [['first_response_at', 'is', null], ...(spans[value] ?? [[due, 'is', null]] as Condition[])];
  }
  return [[what as keyof LeadRow, 'eq', value]];
}

const fits = (row: LeadRow, [column, how, value]: Condition): boolean => {
  const has = row[column];
  if (how === 'is' || has === null || value === null) return how === 'is' && has === value;
  const order = typeof has === 'number' ? has - Number(value) : column.endsWith('_at') ? Date.parse(has as string) - Date.parse(value) : Number(has !== value);
  return how === 'eq' ? order === 0 : how === 'gte' ? order >= 0 : order <= 0;
};

/** `%` and `_` are letters in a name, not patterns. */
export const prefixPattern = (typed: string): string => `${typed.replace(/[\\%_]/g, '\\$&')}%`;

/** Whether a changed row belongs into the list, by the same rules as the query. */
export function matches(row: LeadRow, filters: LeadFilters, now: number): boolean {
  if (row.deleted_at !== null) return false;
  if (filters.status.length > 0 && !filters.status.includes(row.status)) return false;
  if (filters.band.length > 0 && !(row.lead_score !== null && filters.band.includes(bandOf(row.lead_score)))) return false;
  if (filters.owner === 'none' && row.owner_id !== null) return false;
  if (filters.owner !== null && filters.owner !== 'none' && row.owner_id !== filters.owner) return false;
  if (filters.days !== null && Date.parse(row.created_at) < now - filters.days * day) return false;
  if (filters.tag !== null && !row.tags.includes(filters.tag)) return false;
  if (filters.fact !== null && !factConditions(filters.fact, now).every((one) => fits(row, one))) return false;
  if (filters.nodes !== null && !filters.nodes.includes(row.territory_id)) return false;
  if (filters.where !== null && !filters.where.fits(row, now)) return false;
  return row.business_name.toLowerCase().startsWith(filters.q.toLowerCase());
}
