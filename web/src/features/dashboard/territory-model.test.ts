import { describe, expect, it } from 'vitest';

import { coverOf, isFull, leadsMoved } from './territory-model';

const weeks = (...leads: number[]) => leads.map((n, i) => ({ week: String(i), leads: n, due: 0, in_time: 0, won: 0, lost: 0, won_usd: 0 }));

describe('the page of a territory', () => {
  it.each([
    [{ reps: 0, away: 0, free: 0 }, 'none'], [{ reps: 2, away: 2, free: 0 }, 'away'],
    [{ reps: 2, away: 1, free: 0 }, 'full'], [{ reps: 2, away: 1, free: 1 }, 'ok'],
  ] as const)('says how a place is covered: %j', (counts, cover) => {
    expect(coverOf({ territory_id: 1, open_leads: 0, unowned: 0, ...counts })).toBe(cover);
  });

  it('compares full weeks only, and says nothing of few leads or small moves', () => {
    expect(leadsMoved(weeks(5, 5, 5, 5, 10, 10, 10, 10, 99))).toBe(100);
    expect(leadsMoved(weeks(5, 5, 5, 5, 5, 5, 5, 5, 99))).toBeNull();
    expect(leadsMoved(weeks(1, 1, 1, 1, 9, 9, 9, 9, 0))).toBeNull();
    expect(leadsMoved(weeks(9, 9, 9, 9, 0))).toBeNull();
  });

  it('a rep is full at his capacity; who has none is never full', () => {
    const member = { profile_id: 'a', away: false, open_leads: 0, hot_leads: 0, late: 0, due: 0, in_time: 0, deals: 0, pipeline_usd: 0, won: 0, closed: 0, won_usd: 0 };
    expect(isFull({ ...member, capacity: 3, load: 2 })).toBe(false);
    expect(isFull({ ...member, capacity: 3, load: 3 })).toBe(true);
    expect(isFull({ ...member, capacity: null, load: null })).toBe(false);
  });
});
