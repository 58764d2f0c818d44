import { describe, expect, it } from 'vitest';

import type { DealCard } from '../../api/rows';
import { makeDeals, makeLeads } from '../../test/fixture-data';
import { belongs, compareCards, nextStep, quietFor, stepFrom } from './board-model';

const now = new Date('2026-11-22T15:00:00Z');
const card = (more: Partial<DealCard> = {}): DealCard => ({
  ...makeDeals(makeLeads(8, now.getTime()))[0]!, territory_id: 7, lead_score: 50, stage_changed_at: '2026-11-21T15:00:00Z',
  business_name: 'Papine', first_response_at: null, first_response_due_at: null, touched_at: null, next_step: null, next_due_at: null,
  owner_id: 'kemar', stage: 'proposal', ...more,
});

describe('the order in a column', () => {
  it('is by score, the unscored last, then the newer', () => {
    const cards = [card({ id: 'a', lead_score: null }), card({ id: 'b', lead_score: 9 }), card({ id: 'c', lead_score: 80 }), card({ id: 'd', lead_score: 9 })];
    expect(cards.sort(compareCards).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
  });
  it('is by the day among closed ones', () => {
    const closed = (id: string, day: string) => card({ id, stage: 'closed', outcome: 'won', close_date: day });
    expect([closed('a', '2026-11-02'), closed('b', '2026-11-20')].sort(compareCards).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

it('belongs where owner and territory fit', () => {
  expect(belongs(card(), { owner: null, territory: null, nodes: null })).toBe(true);
  expect(belongs(card(), { owner: 'tiffany', territory: null, nodes: null })).toBe(false);
  expect(belongs(card(), { owner: 'kemar', territory: 7, nodes: [7, 8] })).toBe(true);
  expect(belongs(card(), { owner: null, territory: 9, nodes: [9] })).toBe(false);
});

describe('what a card says', () => {
  const step = (more: Partial<DealCard>) => nextStep(card(more), now);
  it('names the next task and when', () => {
    expect(step({ next_step: 'Demo', next_due_at: '2026-11-22T18:00:00Z' })).toEqual({ text: 'Demo, today', tone: 'soon' });
    expect(step({ next_step: 'Demo', next_due_at: '2026-11-22T14:00:00Z' })).toEqual({ text: 'Demo, today', tone: 'late' });
    expect(step({ next_step: 'Demo', next_due_at: '2026-11-20T15:00:00Z' })).toEqual({ text: 'Demo, 2 d late', tone: 'late' });
    expect(step({ next_step: 'Demo', next_due_at: '2026-11-24T14:30:00Z' })).toEqual({ text: 'Demo, Tue 14:30', tone: 'plain' });
    expect(step({ next_step: 'Demo', next_due_at: '2026-12-11T14:30:00Z' })).toEqual({ text: 'Demo, 11 Dec', tone: 'plain' });
  });
  it('else the first contact of a new one, else that nothing is planned', () => {
    expect(step({ stage: 'new', first_response_due_at: '2026-11-22T14:00:00Z' })).toEqual({ text: 'First contact, 1 h late', tone: 'late' });
    expect(step({})).toEqual({ text: 'No next step', tone: 'none' });
  });
  it('marks what has been quiet for too long for its stage', () => {
    expect(quietFor(card({ touched_at: '2026-11-18T15:00:00Z' }), now)).toBeNull();
    expect(quietFor(card({ touched_at: '2026-11-16T15:00:00Z' }), now)).toBe('6 d');
    expect(quietFor(card({ stage: 'contacted', touched_at: '2026-11-16T15:00:00Z' }), now)).toBeNull();
    expect(quietFor(card({ stage: 'closed', touched_at: '2020-11-16T15:00:00Z' }), now)).toBeNull();
  });
});

it('steps to the neighbouring stage, and no further than the ends', () => {
  expect(stepFrom(card(), 1)).toBe('negotiation');
  expect(stepFrom(card({ stage: 'negotiation' }), 1)).toBeNull();
  expect(stepFrom(card({ stage: 'new' }), -1)).toBeNull();
  expect(stepFrom(card({ stage: 'closed' }), -1)).toBeNull();
});
