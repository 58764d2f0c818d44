import { describe, expect, it } from 'vitest';

import type { DealDetail } from '../../api/rows';
import { makeDeals, makeLeads } from '../../test/fixture-data';
import { asks, inOrder, movesFor, undoOf } from './model';

const now = new Date('2026-11-22T15:00:00Z');
const open: DealDetail = { ...makeDeals(makeLeads(8, now.getTime()))[0]!, stage: 'proposal', owner_id: 'kemar' };
const won: DealDetail = { ...open, stage: 'closed', outcome: 'won', close_date: '2026-11-20' };

describe('where a deal may go', () => {
  it.each([
    ['every other open stage and both ends', open, 'rep', 'kemar', ['new', 'contacted', 'qualified', 'negotiation', 'won', 'lost']],
    ['nowhere for a rep who does not own it', open, 'rep', 'rochelle', []],
    ['nowhere for a viewer', open, 'viewer', 'kemar', []],
    ['back into negotiation for a manager', won, 'manager', 'shanice', ['negotiation']],
    ['not back for a rep', won, 'rep', 'kemar', []],
    ['not back after 90 days', { ...won, close_date: '2026-08-23' }, 'admin', 'andre', []],
  ] as const)('%s', (_, deal, role, me, wanted) => expect(movesFor(deal, role, me, now)).toEqual(wanted));

  it('asks for what the server wants to know', () => {
    expect(asks(open, 'won')).toBe('won');
    expect(asks(open, 'lost')).toBe('lost');
    expect(asks(open, 'new')).toBeNull();
    expect(asks(won, 'negotiation')).toBe('reopen');
  });
});

describe('the way back', () => {
  it('is the stage before', () => expect(undoOf(open, { stage: 'negotiation' }, 'rep', '')).toEqual([{ stage: 'proposal' }]));

  it('leads from a close by way of negotiation, for a manager', () => {
    const patch = { stage: 'closed', outcome: 'won', value: 5 } as const;
    expect(undoOf(open, patch, 'manager', 'why')?.map(({ stage }) => stage)).toEqual(['negotiation', 'proposal']);
    expect(undoOf(open, patch, 'manager', 'why')?.[0]).toMatchObject({ stage_reason: 'why', value: open.value });
    expect(undoOf({ ...open, stage: 'negotiation' }, patch, 'manager', 'why')).toHaveLength(1);
  });

  it('is closed to a rep', () => expect(undoOf(open, { stage: 'closed', outcome: 'lost' }, 'rep', '')).toBeNull());

  it('closes again what was reopened', () => {
    expect(undoOf(won, { stage: 'negotiation' }, 'manager', '')?.[0]).toMatchObject({ stage: 'closed', outcome: 'won', close_date: '2026-11-20' });
  });

  it('writes the earlier value and day', () => {
    expect(undoOf(open, { value: 1, expected_close: null }, 'rep', '')).toEqual([{ value: open.value, expected_close: '2026-12-18' }]);
  });
});

it('shows open deals before closed ones', () => {
  expect(inOrder([won, { ...open, id: 'x' }]).map(({ stage }) => stage)).toEqual(['proposal', 'closed']);
});
