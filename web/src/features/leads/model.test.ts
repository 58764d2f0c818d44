import { describe, expect, it } from 'vitest';

import type { LeadRow } from '../../api/rows';
import { makeLeads } from '../../test/fixture-data';
import { barParts, firstContact, movesFor, needs, pointsOf } from './model';

const now = new Date('2026-11-22T15:00:00Z');
const leads = makeLeads(60, now.getTime());

describe('the score', () => {
  it('is the sum of its factors and the adjustment', () => {
    for (const lead of leads) {
      expect(pointsOf(lead.score_factors ?? []) + (lead.score_adjustment ?? 0)).toBe(lead.lead_score);
    }
  });

  it('is as long as its bar, also when the adjustment takes away', () => {
    const sum = (parts: number[]) => parts.reduce((total, part) => total + part, 0);
    for (const lead of leads) expect(sum(barParts(lead))).toBeCloseTo(lead.lead_score ?? 0);
    const [lead] = leads;
    expect(sum(barParts({ ...lead!, lead_score: 41, score_adjustment: -10 }))).toBeCloseTo(41);
    expect(barParts({ lead_score: 70, score_factors: null, score_adjustment: null })).toEqual([70]);
  });
});

describe('the first contact', () => {
  const row = (change: Partial<LeadRow>) => ({ ...leads[0]!, status: 'new' as const, first_response_at: null, ...change });
  it('is done, late, soon or due', () => {
    expect(firstContact(row({ first_response_at: '2026-11-22T14:00:00Z' }), now)).toEqual({ state: 'done' });
    expect(firstContact(row({ first_response_due_at: '2026-11-22T14:54:00Z' }), now)).toEqual({ state: 'late', text: '6 m' });
    expect(firstContact(row({ first_response_due_at: '2026-11-22T16:12:00Z' }), now)).toEqual({ state: 'soon', text: '1 h 12 m' });
    expect(firstContact(row({ first_response_due_at: '2026-11-25T16:00:00Z' }), now)).toEqual({ state: 'due', text: '3 d' });
  });
  it('does not matter for a lead that is over', () => {
    expect(firstContact(row({ status: 'disqualified', first_response_due_at: '2026-11-20T00:00:00Z' }), now)).toBeNull();
  });
});

describe('moves', () => {
  const lead = { status: 'new', owner_id: 'kemar', previous_status: null } as const;
  it('are for the owner and for managers, never for a viewer', () => {
    expect(movesFor(lead, 'rep', 'kemar')).toEqual(['contacted', 'qualified', 'nurture', 'disqualified']);
    expect(movesFor(lead, 'rep', 'rochelle')).toEqual([]);
    expect(movesFor(lead, 'viewer', 'kemar')).toEqual([]);
    expect(movesFor(lead, 'manager', 'shanice')).toContain('archived');
  });
  it('never lead to a won lead, which only its deal makes', () => {
    for (const status of ['new', 'contacted', 'qualified', 'nurture', 'disqualified', 'archived'] as const) {
      expect(movesFor({ ...lead, status }, 'admin', 'a')).not.toContain('converted');
    }
  });
  it('ask for what the step needs', () => {
    expect(needs('new', 'contacted')).toBe('contact');
    expect(needs('nurture', 'contacted')).toBeNull();
    expect(needs('contacted', 'nurture')).toBe('date');
    expect(needs('new', 'disqualified')).toBe('lost_reason');
    expect(needs('contacted', 'qualified')).toBe('reason');
  });
});
