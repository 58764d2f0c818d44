import { describe, expect, it } from 'vitest';

import type { LeadRow } from '../../api/rows';
import { makeLeads } from '../../test/fixture-data';
import { matches, prefixPattern, resolve } from './filters';

const now = Date.parse('2026-11-22T15:00:00Z');
const base: LeadRow = {
  ...makeLeads(1, now)[0]!, business_name: 'Blue Mahoe Café', status: 'new', lead_score: 85, owner_id: 'kemar',
  territory_id: 4, created_at: '2026-11-21T10:00:00Z', deleted_at: null,
};
const test = (search: Parameters<typeof resolve>[0], row: Partial<LeadRow> = {}, nodes: Set<number> | null = null) =>
  matches({ ...base, ...row }, resolve(search, 'kemar', nodes), now);

describe('a changed row belongs to the list', () => {
  it('when every filter takes it', () => {
    expect(test({ status: ['new'], band: ['hot'], owner: 'me', days: 7, q: 'blue' }, {}, new Set([4, 5]))).toBe(true);
  });

  it.each([
    ['status', { status: ['contacted'] }, {}],
    ['band', { band: ['warm'] }, {}],
    ['an unscored row', { band: ['cold'] }, { lead_score: null }],
    ['owner', { owner: 'none' }, {}],
    ['me', { owner: 'me' }, { owner_id: 'rochelle' }],
    ['days', { days: 1 }, { created_at: '2026-11-20T10:00:00Z' }],
    ['name', { q: 'mahoe' }, {}],
    ['a fact', { fact: 'channel.nowhere' }, {}],
    ['tens of the score', { fact: 'score.70' }, {}],
    ['the nineties', { fact: 'score.90' }, { lead_score: 89 }],
    ['no score', { fact: 'score.none' }, {}],
    ['late', { fact: 'due.late' }, { first_response_at: null, first_response_due_at: '2026-11-22T15:01:00Z' }],
    ['answered', { fact: 'due.late' }, { first_response_at: '2026-11-22T10:00:00Z', first_response_due_at: '2026-11-22T09:00:00Z' }],
    ['deleted', {}, { deleted_at: '2026-11-22T10:00:00Z' }],
  ] as const)('not when %s does not', (_, search, row) => {
    expect(test(search as Parameters<typeof resolve>[0], row)).toBe(false);
  });

  it.each([
    [{ fact: 'business_type.retail' }, { business_type: 'retail' }],
    [{ fact: 'interest_level.7' }, { interest_level: 7 }],
    [{ fact: 'score.90' }, { lead_score: 100 }],
    [{ fact: 'score.80' }, { lead_score: 80 }],
    [{ fact: 'score.none' }, { lead_score: null }],
    [{ fact: 'due.late' }, { first_response_at: null, first_response_due_at: '2026-11-22T14:59:00Z' }],
    [{ fact: 'due.soon' }, { first_response_at: null, first_response_due_at: '2026-11-22T18:59:00Z' }],
    [{ fact: 'due.later' }, { first_response_at: null, first_response_due_at: '2026-11-22T19:01:00Z' }],
    [{ fact: 'due.none' }, { first_response_at: null, first_response_due_at: null }],
  ] as const)('when its fact is %o', (search, row) => expect(test(search, row)).toBe(true));

  it('not when it lies in another territory', () => expect(test({}, {}, new Set([9]))).toBe(false));
});

it('treats % and _ of a name as letters', () => expect(prefixPattern('50%_\\')).toBe('50\\%\\_\\\\%'));
