import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { facts, readCondition } from './condition';
import type { Rule } from './draft';
import { conditionOf, conditionWords, effectWords, flatOf, newRow, opsOf, whenWords } from './words';

const rule = (more: Partial<Rule>): Rule => ({
  id: 1, territory_id: null, priority: 1, kind: 'territory', name: 'x', enabled: true, condition: null, params: {}, ...more,
});

describe('a rule in words', () => {
  it('says when', () => {
    expect(whenWords(null)).toBe('Every lead');
    expect(whenWords({ and: [{ '>=': [{ var: 'lead_score' }, 80] }, { or: [{ '!': { var: 'working_hours' } }, { in: ['high_fees', { var: 'pain_points' }] }] }] }))
      .toBe('When score is at least 80 and (in working hours is not true or pain points contains high fees)');
    expect(conditionWords({ '<=': [60, { var: 'lead_score' }, 79] })).toBe('score is from 60 to 79');
    expect(conditionWords({ '<': [50_000, { var: 'value_usd' }] })).toBe('stated value in US$ is more than 50,000');
    expect(conditionWords({ '!=': [{ var: 'signed_up' }, true] })).toBe('signed up is not true');
    expect(conditionWords({ in: [{ var: 'preferred_language' }, ['nl', 'pap']] })).toBe('preferred language is one of Dutch or Papiamentu');
    expect(conditionWords({ missing: ['value_usd', 'country'] })).toBe('stated value in US$ is not known or country is not known');
  });

  it('says whom', () => {
    expect(effectWords(rule({ params: { languages: ['nl'], at_work: true, strategy: 'round_robin' } }), String))
      .toBe('Give it to whoever covers the territory, who speaks Dutch, who is at work, in turns');
    expect(effectWords(rule({ kind: 'reps', params: { reps: ['a', 'b'] } }), (id) => id.toUpperCase())).toBe('Give it to A or B');
    expect(effectWords(rule({ kind: 'queue', params: { alert: false } }), String)).toBe('Give it to nobody: it waits in the queue, without telling the managers');
  });

  it('says something of every condition that the server takes', () => {
    const list = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../../../tests/fixtures/routing/conditions.json'), 'utf8')) as { condition: unknown; valid: boolean }[];
    for (const { condition, valid } of list) if (valid) expect(conditionWords(condition)).not.toMatch(/undefined|\[object/);
  });
});

describe('the builder', () => {
  it('makes conditions that are valid, of every fact and comparison, and reads them again', () => {
    for (const { name } of facts) {
      for (const op of opsOf(name)) {
        const row = newRow(name, op);
        const condition = conditionOf({ join: 'and', rows: [row] });
        expect(readCondition(condition), `${name} ${op}`).toHaveProperty('test');
        expect(flatOf(condition)).toEqual({ join: 'and', rows: [row] });
      }
    }
    const two = { join: 'or' as const, rows: [newRow('country'), newRow('lead_score')] };
    expect(flatOf(conditionOf(two))).toEqual(two);
    expect(conditionOf({ join: 'and', rows: [] })).toBeNull();
  });

  it('leaves alone what is more than a list', () => {
    expect(flatOf({ and: [{ or: [{ var: 'signed_up' }] }] })).toBeNull();
    expect(flatOf({ '<=': [1, { var: 'lead_score' }, 2] })).toBeNull();
    expect(flatOf(false)).toBeNull();
  });
});
