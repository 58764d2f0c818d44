import { expect, it } from 'vitest';

import type { TerritoryNode } from '../../api/rows';
import { mapTiles, mondays, weekRows } from './widget-model';

const now = new Date(2026, 10, 22, 9);  // a Sunday
const node = (id: number, code: string, more: Partial<TerritoryNode> = {}): TerritoryNode =>
  ({ id, code, name: code, kind: 'area', parent_id: 1, country: code.slice(0, 2), currency: 'JMD', time_zone: 'America/Jamaica', open_leads: id, ...more });

it('counts weeks from Monday to Sunday, over the turn of the year as well', () => {
  expect(mondays(now, 3)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
  expect(mondays(new Date(2027, 0, 1), 2)).toEqual(['2026-12-21', '2026-12-28']);
});

it('gives the busiest a row each, and the others one together', () => {
  const nodes = Array.from({ length: 14 }, (_, i) => node(i + 1, `JM-${i + 1}`));
  const counts = nodes.map(({ id }) => ({ territory_id: id, week: '2026-11-16', leads: id }));
  const { rows } = weekRows([...counts, { territory_id: 14, week: '2026-11-09', leads: 2 }], nodes, now, 3);
  expect(rows).toHaveLength(12);
  expect(rows[0]).toMatchObject({ name: 'JM-14', cells: [0, 2, 14] });
  expect(rows.at(-1)).toMatchObject({ others: 3, cells: [0, 0, 6] });
});

it('names who grew only where it is more than chance', () => {
  const weeks = mondays(now, 12);
  const counts = (before: number, after: number) => weeks.map((week, i) => ({ territory_id: 1, week, leads: i >= 7 ? after : before }));
  expect(weekRows(counts(5, 6), [node(1, 'JM-01')], now, 12).grows).toBeNull();
  expect(weekRows(counts(5, 15), [node(1, 'JM-01')], now, 12).grows).toBe('JM-01');
});

it('puts each place on its own tile, those without a spot below the others', () => {
  const maps = mapTiles([node(1, 'CARIB', { kind: 'root', country: null, parent_id: null }), node(2, 'JM-01'), node(3, 'JM-99'), node(4, 'BB', { kind: 'country', open_leads: 0 })], undefined);
  expect(maps).toHaveLength(1);
  expect(maps[0]?.tiles.map(({ key, column, row }) => [key, column, row])).toEqual([['JM-01', 5, 2], ['JM-99', 0, 3]]);
});
