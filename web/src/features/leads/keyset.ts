// Paging by the last row seen, so that a page costs the same at any depth and no row comes twice.
import type { LeadRow } from '../../api/rows';
import type { Sort } from './filters';

export type Cursor = Pick<LeadRow, 'id' | 'lead_score' | 'created_at' | 'business_key'>;

/** By score, the unscored last, then the newer; by time; by the name as it is folded for comparison. */
export const orders = {
  score: { column: 'lead_score', ascending: false },
  newest: { column: 'created_at', ascending: false },
  oldest: { column: 'created_at', ascending: true },
  name: { column: 'business_key', ascending: true },
} as const satisfies Record<Sort, { column: keyof Cursor; ascending: boolean }>;

/** The PostgREST `or` that continues after a row; ids follow the direction of the column. */
export function after(cursor: Cursor, sort: Sort): string {
  const { column, ascending } = orders[sort];
  const value = cursor[column];
  const past = ascending ? 'gt' : 'lt';
  if (value === null) return `and(${column}.is.null,id.${past}.${cursor.id})`;
  // A key is folded, so that no quote or backslash is in it.
  const quoted = typeof value === 'number' ? String(value) : `"${value}"`;
  const next = `${column}.${past}.${quoted},and(${column}.eq.${quoted},id.${past}.${cursor.id})`;
  return column === 'lead_score' ? `${next},lead_score.is.null` : next;
}

/** The same order as the query's, for rows that arrive by the socket. Negative: `a` comes first. */
export function compare(a: Cursor, b: Cursor, sort: Sort): number {
  const { column, ascending } = orders[sort];
  const turn = ascending ? 1 : -1;
  const order = column === 'created_at' ? Date.parse(a.created_at) - Date.parse(b.created_at)
    : column === 'lead_score' ? (a.lead_score ?? -1) - (b.lead_score ?? -1)
    : a.business_key < b.business_key ? -1 : a.business_key > b.business_key ? 1 : 0;
  if (order !== 0) return order * turn;
  return a.id === b.id ? 0 : (a.id < b.id ? -1 : 1) * turn;
}
