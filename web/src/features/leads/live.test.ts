import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { keys } from '../../api/keys';
import type { LeadDetail, LeadRow } from '../../api/rows';
import { makeDeals, makeLeads } from '../../test/fixture-data';
import { resolve } from './filters';
import { applyLeadChange, applyLeadDeal, showRows, useListHold } from './live';
import type { Cursor } from './keyset';
import type { LeadPage, LeadPages } from './queries';

const now = Date.parse('2026-11-22T15:00:00Z');
const filters = resolve({ status: ['new'] }, 'me', null);
const all = makeLeads(40, now).map((lead): LeadDetail => ({ ...lead, status: 'new' }))
  .sort((a, b) => (b.lead_score ?? 0) - (a.lead_score ?? 0) || (a.id < b.id ? 1 : -1));
const [first, second] = [all.slice(0, 20), all.slice(20, 39)];
const extra = all[39]!;
let client: QueryClient;

const pages = (): LeadPages => client.getQueryData<LeadPages>(keys.leadList(filters))!;
const rows = (): LeadRow[] => pages().pages.flatMap((page) => page.rows);
const change = (type: 'INSERT' | 'UPDATE' | 'DELETE', record: object, old: object = {}) =>
  applyLeadChange(client, { table: 'submissions', type, record: { ...record }, old: { ...old } }, now);

beforeEach(() => {
  client = new QueryClient();
  useListHold.setState({ held: false });
  client.setQueryData<LeadPages>(keys.leadList(filters), {
    pages: [{ rows: first, next: first.at(-1)! }, { rows: second, next: null }], pageParams: [null, first.at(-1)!],
  });
});

describe('a change of a lead', () => {
  it('changes the cells of a row and leaves it in its place', () => {
    change('UPDATE', { ...first[3]!, business_name: 'Renamed', lead_score: 1 });
    expect(rows()[3]).toMatchObject({ id: first[3]!.id, business_name: 'Renamed' });
  });

  it('takes a row out that no longer matches', () => {
    change('UPDATE', { ...first[3]!, status: 'contacted' });
    expect(rows()).toHaveLength(38);
    expect(rows().some(({ id }) => id === first[3]!.id)).toBe(false);
  });

  it('takes a deleted row out, known by its old self only', () => {
    change('DELETE', {}, { id: first[0]!.id });
    expect(rows()).toHaveLength(38);
  });

  it('puts a new row where the order wants it', () => {
    change('INSERT', { ...extra, lead_score: 100, id: 'ffff' });
    expect(rows()[0]?.id).toBe('ffff');
    expect(pages().pages[0]?.rows).toHaveLength(21);
  });

  it('keeps a new row waiting while somebody points at the list, once however often it changes', () => {
    useListHold.setState({ held: true });
    change('INSERT', { ...extra, lead_score: 100 });
    change('UPDATE', { ...extra, lead_score: 99 });
    expect(rows()).toHaveLength(39);
    const waiting = client.getQueryData<LeadRow[]>(keys.waiting(filters))!;
    expect(waiting.map(({ lead_score: score }) => score)).toEqual([99]);
    showRows(client, filters, waiting);
    expect(rows()[0]?.id).toBe(extra.id);
    expect(client.getQueryData(keys.waiting(filters))).toEqual([]);
  });

  it('forgets a waiting row that stops to match', () => {
    useListHold.setState({ held: true });
    change('INSERT', extra);
    change('UPDATE', { ...extra, status: 'contacted' });
    expect(client.getQueryData(keys.waiting(filters))).toEqual([]);
  });

  it('is not lost when it comes while the list is being read for the first time', async () => {
    client.clear();
    const answers = [{ rows: first, next: null }, { rows: [extra, ...first], next: null }];
    let answer: (page: LeadPage) => void = () => undefined;
    const reading = new InfiniteQueryObserver(client, {
      queryKey: keys.leadList(filters), initialPageParam: null as Cursor | null, getNextPageParam: () => null,
      queryFn: () => new Promise<LeadPage>((resolve) => (answer = resolve)),
    });
    const stop = reading.subscribe(() => undefined);
    await vi.waitFor(() => expect(reading.getCurrentResult().fetchStatus).toBe('fetching'));
    change('INSERT', extra);
    answer(answers[0]!);
    await vi.waitFor(() => expect(rows()).toHaveLength(20));
    await vi.waitFor(() => expect(reading.getCurrentResult().fetchStatus).toBe('fetching'));
    answer(answers[1]!);
    await vi.waitFor(() => expect(rows()).toHaveLength(21));
    stop();
  });

  it('leaves a row beyond the loaded window to its page', () => {
    client.setQueryData<LeadPages>(keys.leadList(filters), { pages: [{ rows: first, next: first.at(-1)! }], pageParams: [null] });
    change('INSERT', { ...extra, lead_score: 0 });
    expect(rows()).toHaveLength(20);
  });

  it('reaches the open record, unless that is newer already', () => {
    client.setQueryData(keys.lead(extra.id), { ...extra, version: 5 });
    change('UPDATE', { ...extra, version: 4, business_name: 'Old' });
    expect(client.getQueryData<LeadDetail>(keys.lead(extra.id))?.business_name).toBe(extra.business_name);
    change('UPDATE', { ...extra, version: 6, business_name: 'New' });
    expect(client.getQueryData<LeadDetail>(keys.lead(extra.id))?.business_name).toBe('New');
  });
});

describe('a change of a deal', () => {
  const deal = { ...makeDeals([{ ...first[2]!, status: 'qualified' }])[0]!, value: 777 };
  const tell = (type: 'INSERT' | 'UPDATE' | 'DELETE', record: object, old: object = {}) =>
    applyLeadDeal(client, { table: 'deals', type, record: { ...record }, old: { ...old } });

  it('shows its value in the row of its lead, and goes with the deal', () => {
    tell('INSERT', deal);
    expect(rows()[2]?.deals).toMatchObject([{ id: deal.id, value: 777 }]);
    expect(rows()[3]?.deals).toEqual(first[3]!.deals);
    tell('UPDATE', { ...deal, value: 778 });
    expect(rows()[2]?.deals).toMatchObject([{ value: 778 }]);
    tell('DELETE', {}, { id: deal.id });
    expect(rows()[2]?.deals).toEqual([]);
  });

  it('changes the open lead', () => {
    client.setQueryData<LeadDetail>(keys.lead(first[2]!.id), { ...first[2]!, deals: [] });
    tell('INSERT', deal);
    expect(client.getQueryData<LeadDetail>(keys.lead(first[2]!.id))?.deals).toHaveLength(1);
  });
});
