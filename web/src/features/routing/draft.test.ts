import { describe, expect, it } from 'vitest';

import { added, copied, linesOf, moved, type Rule, sameRules } from './draft';

const rule = (priority: number, more: Partial<Rule> = {}): Rule => ({
  id: priority, territory_id: null, priority, kind: 'territory', name: `r${priority}`, enabled: true, condition: true, params: {}, ...more,
});
const here = (priority: number, more: Partial<Rule> = {}) => rule(priority, { territory_id: 7, ...more });
const depth = (territory: number | null) => territory ?? 0;
const lines = (own: Rule[], above: Rule[]) => linesOf(own, above, depth);
const order = (rules: Rule[] | null) => rules?.map(({ name, priority }) => `${name}:${priority}`);

describe('what applies at a place', () => {
  it('is its own rules over those above, the nearest first', () => {
    const found = lines([here(40)], [rule(10), rule(40), rule(40, { territory_id: 3, name: 'nearer' })]);
    expect(found.map((line) => [line.rule.priority, line.mine, line.over?.name ?? null])).toEqual([[10, false, null], [40, true, 'nearer']]);
  });

  it('shows the nearest of those above', () => {
    expect(lines([], [rule(40), rule(40, { territory_id: 3, name: 'nearer' })]).map((line) => line.rule.name)).toEqual(['nearer']);
  });
});

describe('moving a rule', () => {
  it('takes the middle between its new neighbours', () => {
    const all = lines([here(10), here(20), here(30)], []);
    expect(order(moved(all, 2, 1))).toEqual(['r10:10', 'r30:15', 'r20:20']);
    expect(order(moved(all, 0, 2))).toEqual(['r20:20', 'r30:30', 'r10:40']);
    expect(order(moved(all, 2, 0))).toEqual(['r30:5', 'r10:10', 'r20:20']);
  });

  it('makes room among its own when there is none', () => {
    const all = lines([here(10), here(11), here(30)], []);
    expect(order(moved(all, 2, 1))).toEqual(['r10:250', 'r30:500', 'r11:750']);
  });

  it('does not push inherited rules', () => {
    const all = lines([here(5), here(30)], [rule(10), rule(11)]);
    expect(moved(all, 3, 2)).toBeNull();
    expect(moved(all, 1, 0), 'an inherited rule stays').toBeNull();
    expect(moved(all, 0, 9)).toBeNull();
    expect(order(moved(all, 3, 1))).toEqual(['r5:5', 'r30:7']);
  });
});

it('a new rule stands before the one that takes every lead', () => {
  const all = lines([], [rule(10), rule(40, { condition: null }), rule(50)]);
  expect(added(all, 7, 'New')?.rule).toMatchObject({ priority: 25, territory_id: 7, id: null });
  expect(added(lines([], [rule(1, { condition: null })]), 7, 'New')).toBeNull();
});

it('an inherited rule is copied to be changed', () => {
  const own = copied([here(50)], rule(40), 7, { enabled: false });
  expect(own[0]).toMatchObject({ id: null, territory_id: 7, priority: 40, enabled: false });
  expect(sameRules(own, own.map((one) => ({ ...one })))).toBe(true);
  expect(sameRules(own, [])).toBe(false);
});
