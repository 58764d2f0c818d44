import { describe, expect, it } from 'vitest';

import { axisSteps, type Day, fillDays, findingOf } from './chart-model';

describe('fillDays', () => {
  it('fills the gaps and keeps the fixed order of countries', () => {
    const days = fillDays([{ day: '2026-11-20', country: 'CW', leads: 2 }, { day: '2026-11-20', country: 'JM', leads: 5 }], '2026-11-22', 4);
    expect(days.map(({ day, total }) => [day, total])).toEqual([
      ['2026-11-19', 0], ['2026-11-20', 7], ['2026-11-21', 0], ['2026-11-22', 0],
    ]);
    expect(days[1]?.parts).toEqual([{ country: 'JM', leads: 5 }, { country: 'CW', leads: 2 }]);
  });

  it('ends with a day that is already tomorrow elsewhere', () => {
    expect(fillDays([{ day: '2026-11-23', country: 'CW', leads: 1 }], '2026-11-22', 2).at(-1)?.day).toBe('2026-11-23');
  });
});

describe('axisSteps', () => {
  it.each([[0, [0, 1]], [1, [0, 1]], [3, [0, 1, 2, 3]], [22, [0, 8, 16, 24]], [95, [0, 40, 80, 120]]])('%i', (highest, steps) => {
    expect(axisSteps(highest)).toEqual(steps);
  });
});

describe('findingOf', () => {
  const week = (jm: number, cw: number): Day[] =>
    Array.from({ length: 7 }, (_, i) => ({
      day: String(i), total: jm + cw, parts: [{ country: 'JM', leads: jm }, { country: 'CW', leads: cw }],
    }));
  const today = { day: 'today', total: 900, parts: [] };

  it('says how far the last full week is from the one before, and who moved most', () => {
    expect(findingOf([...week(10, 4), ...week(20, 5), today])).toEqual({ direction: 'up', percent: 79, country: 'Jamaica' });
    expect(findingOf([...week(20, 5), ...week(10, 4), today])).toEqual({ direction: 'down', percent: 44, country: 'Jamaica' });
  });

  it('says nothing about what chance can do, or about nothing', () => {
    expect(findingOf([...week(10, 4), ...week(11, 4), today])).toBeNull();
    expect(findingOf([...week(0, 0), ...week(9, 4), today])).toBeNull();
  });
});
