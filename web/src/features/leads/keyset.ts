// Paging by the last row seen, so that a page costs the same at any depth and no row comes twice.
import type { LeadRow } from '../../api/rows';
import type { Sort } from './filters';

export type Cursor = Pick<LeadRow, 'id' | 'lead_score' | 'created_at'>;

/** The PostgREST `or` that continues after a row: by score (unscored last), then by the newer id. */
export function after(cursor: Cursor, sort: Sort): string {
  const { id, lead_score: score, created_at: created } = cursor;
  if (sort === 'newest') return `created_at.lt."${created}",and(created_at.eq."${created}",id.lt.${id})`;
  if (score === null) return `and(lead_score.is.null,id.lt.${id})`;
  return `lead_score.lt.${score},and(lead_score.eq.${score},id.lt.${id}),lead_score.is.null`;
}

/** The same order as the query's, for rows that arrive by the socket. Negative: `a` comes first. */
export function compare(a: Cursor, b: Cursor, sort: Sort): number {
  if (sort === 'newest') {
    const newer = Date.parse(b.created_at) - Date.parse(a.created_at);
    if (newer !== 0) return newer;
  } else if (a.lead_score !== b.lead_score) {
    return (b.lead_score ?? -1) - (a.lead_score ?? -1);
  }
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}
