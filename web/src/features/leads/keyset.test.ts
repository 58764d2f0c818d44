import { expect, it } from 'vitest';

import { FakeServer } from '../../test/fake-server';
import { after, compare, type Cursor, orders } from './keyset';

const rows: Cursor[] = [
  { id: 'a', business_key: 'bay', lead_score: 80, created_at: '2026-11-01T10:00:00Z' },
  { id: 'c', business_key: 'cay', lead_score: 80, created_at: '2026-11-03T10:00:00Z' },
  { id: 'b', business_key: 'aye', lead_score: null, created_at: '2026-11-02T10:00:00.000001Z' },
  { id: 'd', business_key: 'dune', lead_score: 12, created_at: '2026-11-03T10:00:00Z' },
];

it('orders by score, the unscored last, then by the newer id', () => {
  expect([...rows].sort((x, y) => compare(x, y, 'score')).map(({ id }) => id)).toEqual(['c', 'a', 'd', 'b']);
});

it('orders by time, then by the newer id', () => {
  expect([...rows].sort((x, y) => compare(x, y, 'newest')).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
});

it('orders by the oldest and by the name the other way', () => {
  expect([...rows].sort((x, y) => compare(x, y, 'oldest')).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  expect([...rows].sort((x, y) => compare(x, y, 'name')).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
});

it('continues among equals and then with the unscored', () => {
  expect(after(rows[0]!, 'score')).toBe('lead_score.lt.80,and(lead_score.eq.80,id.lt.a),lead_score.is.null');
  expect(after(rows[2]!, 'score')).toBe('and(lead_score.is.null,id.lt.b)');
});

it.each(['score', 'newest', 'oldest', 'name'] as const)('by %s, pages hold every row once', async (sort) => {
  const server = new FakeServer(Date.now(), 95);
  server.leads.slice(0, 12).forEach((lead) => (lead.lead_score = null));
  const { column, ascending } = orders[sort];
  const way = ascending ? 'asc' : 'desc';
  const order = `${column}.${way}.nullslast,id.${way}`;
  const seen: string[] = [];
  let cursor: Cursor | undefined;
  for (let page = 0; page < 20; page += 1) {
    const url = new URL('http://localhost/rest/v1/submissions');
    url.searchParams.set('order', order);
    url.searchParams.set('limit', '7');
    if (cursor) url.searchParams.set('or', `(${after(cursor, sort)})`);
    const got = (await (await server.handle(new Request(url))).json()) as Cursor[];
    seen.push(...got.map(({ id }) => id));
    cursor = got.at(-1);
    if (got.length < 7) break;
  }
  expect(new Set(seen).size).toBe(95);
  expect(seen).toHaveLength(95);
});
