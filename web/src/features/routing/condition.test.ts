import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { type ConditionFault, facts, readCondition } from './condition';

interface Fixture {
  name: string;
  condition: unknown;
  valid: boolean;
  fault?: ConditionFault;
  cases?: { facts: Record<string, unknown>; holds: boolean }[];
}

const folder = path.resolve(import.meta.dirname, '../../../../tests/fixtures/routing');
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

describe('conditions', () => {
  it('know the same facts as the server', () => {
    expect(facts).toEqual(read('facts.json'));
  });

  it.each(read('conditions.json') as Fixture[])('$name', ({ condition, valid, fault, cases = [] }) => {
    const checked = readCondition(condition);
    if (!valid) {
      expect(checked).toEqual({ fault });
      return;
    }
    if ('fault' in checked) throw new Error(JSON.stringify(checked.fault));
    for (const one of cases) expect(checked.test(one.facts), JSON.stringify(one.facts)).toBe(one.holds);
  });
});
