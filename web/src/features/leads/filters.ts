// What a list shows: the filters of the URL, as a query, as a test of one row, and as words.
import type { LeadRow } from '../../api/rows';
import { bandOf, type Band, type leadSorts, type Status } from '../../lib/domain';

export type Sort = (typeof leadSorts)[number];

/** As in the URL. */
export interface LeadSearch {
  status?: Status[] | undefined;
  band?: Band[] | undefined;
  owner?: string | undefined;
  days?: number | undefined;
  tag?: string | undefined;
  q?: string | undefined;
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
  q: string;
  nodes: readonly number[] | null;
  sort: Sort;
}

export const filterNames = ['status', 'band', 'owner', 'days', 'tag', 'q'] as const;
export type FilterName = (typeof filterNames)[number];

export function resolve(search: LeadSearch, me: string, nodes: ReadonlySet<number> | null): LeadFilters {
  return {
    status: search.status ?? [],
    band: search.band ?? [],
    owner: search.owner === 'me' ? me : (search.owner ?? null),
    days: search.days ?? null,
    tag: search.tag ?? null,
    q: search.q ?? '',
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
  if (filters.nodes !== null && !filters.nodes.includes(row.territory_id)) return false;
  return row.business_name.toLowerCase().startsWith(filters.q.toLowerCase());
}
