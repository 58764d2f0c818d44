// Turns a change of a row into writes of the query cache: cells change, rows leave, new rows wait.
import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';

import { keys } from '../../api/keys';
import type { RowChange } from '../../api/realtime';
import { refresh, refreshUnderway } from '../../api/refresh';
import type { DealDetail, LeadDetail, LeadRow } from '../../api/rows';
import { type LeadFilters, matches } from './filters';
import { compare } from './keyset';
import type { LeadPages } from './queries';

/** While somebody points at the list, new rows wait instead of moving what is under the pointer. */
export const useListHold = create<{ held: boolean }>(() => ({ held: false }));

/** Ids inserted a moment ago: they flash once. */
export const freshIds = new Set<string>();

const isRow = (record: Record<string, unknown>): record is Record<string, unknown> & LeadRow =>
  typeof record['id'] === 'string' && typeof record['business_name'] === 'string';

/** A deletion carries the row's old self only. */
const idOf = ({ record, old }: RowChange): string => {
  const id = record['id'] ?? old['id'];
  return typeof id === 'string' ? id : '';
};

const holds = (pages: LeadPages, id: string): boolean =>
  pages.pages.some((page) => page.rows.some((row) => row.id === id));

const mapRows = (pages: LeadPages, change: (rows: LeadRow[]) => LeadRow[]): LeadPages => ({
  ...pages, pages: pages.pages.map((page) => ({ ...page, rows: change(page.rows) })),
});

const withoutRow = (pages: LeadPages, id: string): LeadPages =>
  mapRows(pages, (rows) => rows.filter((row) => row.id !== id));

const withChangedRow = (pages: LeadPages, changed: LeadRow): LeadPages =>
  mapRows(pages, (rows) => rows.map((row) => (row.id === changed.id ? { ...row, ...changed } : row)));

/** Puts rows where the order wants them; those beyond the loaded window come with their page. */
function withNewRows(pages: LeadPages, rows: readonly LeadRow[], filters: LeadFilters): LeadPages {
  const next = pages.pages.map((page) => ({ ...page, rows: [...page.rows] }));
  for (const row of rows) {
    if (holds(pages, row.id)) continue;
    const page = next.find((one) => {
      const last = one.next ?? one.rows.at(-1);
      return one.next === null || (last !== undefined && compare(row, last, filters.sort) < 0);
    });
    if (!page) continue;
    const place = page.rows.findIndex((one) => compare(row, one, filters.sort) < 0);
    page.rows.splice(place < 0 ? page.rows.length : place, 0, row);
  }
  return { ...pages, pages: next };
}

function arrive(client: QueryClient, row: LeadRow, filters: LeadFilters): void {
  if (useListHold.getState().held) {
    client.setQueryData<LeadRow[]>(keys.waiting(filters), (waiting = []) =>
      [...waiting.filter((one) => one.id !== row.id), row]);
    return;
  }
  showRows(client, filters, [row]);
}

export function showRows(client: QueryClient, filters: LeadFilters, rows: readonly LeadRow[]): void {
  for (const row of rows) {
    freshIds.add(row.id);
    setTimeout(() => freshIds.delete(row.id), 1500);
  }
  client.setQueryData<LeadPages>(keys.leadList(filters), (pages) =>
    pages && withNewRows(pages, rows, filters));
  client.setQueryData<LeadRow[]>(keys.waiting(filters), []);
}

function applyToLists(client: QueryClient, change: RowChange, now: number): void {
  const id = idOf(change);
  const lists = client.getQueryCache().findAll({ queryKey: keys.leadLists });
  for (const { queryKey } of lists) {
    const filters = queryKey[2] as LeadFilters;
    const pages = client.getQueryData<LeadPages>(queryKey);
    if (!pages) continue;
    const row = change.type !== 'DELETE' && isRow(change.record) ? change.record : null;
    if (row && matches(row, filters, now)) {
      if (holds(pages, id)) client.setQueryData(queryKey, withChangedRow(pages, row));
      else arrive(client, row, filters);
    } else {
      if (holds(pages, id)) client.setQueryData(queryKey, withoutRow(pages, id));
      client.setQueryData<LeadRow[]>(keys.waiting(filters), (waiting) => waiting?.filter((one) => one.id !== id));
    }
  }
}

/** A change of public.submissions. */
export function applyLeadChange(client: QueryClient, change: RowChange, now: number): void {
  applyToLists(client, change, now);
  refreshUnderway(client, keys.leadLists);
  const id = idOf(change);
  refreshUnderway(client, keys.lead(id));
  // What was changed, and by whom, is in the time line.
  refresh(client, keys.timeline(id));
  refresh(client, keys.kin(id));
  refresh(client, keys.merges(id));
  if (change.type === 'UPDATE' && isRow(change.record)) {
    const record = change.record as Partial<LeadDetail>;
    client.setQueryData<LeadDetail>(keys.lead(id), (lead) => {
      if (!lead || (record.version ?? 0) < lead.version) return lead;
      return { ...lead, ...record, submission_phones: lead.submission_phones, deals: lead.deals };
    });
  }
}

/** A change of a deal: the rows on screen that show its value, and whether it decides the lead's status. */
export function applyLeadDeal(client: QueryClient, change: RowChange): void {
  const id = idOf(change);
  const deal = change.type === 'DELETE' ? null : (change.record as unknown as DealDetail);
  const withDeal = <T extends LeadRow>(row: T): T => {
    const others = (row.deals ?? []).filter((one) => one.id !== id);
    if (deal && deal.submission_id === row.id && deal.deleted_at === null) return { ...row, deals: [deal, ...others] };
    return others.length === (row.deals?.length ?? 0) ? row : { ...row, deals: others };
  };
  refreshUnderway(client, keys.leadLists);
  client.setQueriesData<LeadPages>({ queryKey: keys.leadLists }, (pages) => pages && mapRows(pages, (rows) => rows.map(withDeal)));
  const lead = deal?.submission_id;
  if (!lead) return;
  refreshUnderway(client, keys.lead(lead));
  client.setQueryData<LeadDetail>(keys.lead(lead), (row) => row && withDeal(row));
}

/** A change of a row that belongs to a lead: its time line is read again if it is on screen. */
export function applyTimelineChange(client: QueryClient, change: RowChange): void {
  const lead = change.record['submission_id'] ?? change.old['submission_id'];
  if (typeof lead === 'string') refresh(client, keys.timeline(lead));
}
