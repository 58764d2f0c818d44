import { describe, expect, it } from 'vitest';

import type { LeadDetail } from '../../api/rows';
import { agreeing, differing, firstTaken, goesAlong, toggleTaken } from './merge-model';

const lead = (more: Partial<LeadDetail>): LeadDetail => ({
  business_name: 'Harbour Grill', owner_name: 'Ann', email: 'a@x.example', phone: null, pain_points: ['high_fees', 'equipment'],
  decision_makers: [], package_seen: false, signed_up: false, consent_marketing: false, currency: 'JMD', average_ticket: null,
  stated_value: null, tags: [], deals: [], submission_phones: [], current_processor: null, ...more,
} as unknown as LeadDetail);

describe('a merge', () => {
  it('asks only about what differs, whatever the order of a list', () => {
    const [a, b] = [lead({}), lead({ business_name: 'Harbor Grill', pain_points: ['equipment', 'high_fees'] })];
    expect(differing(a, b)).toEqual(['business_name']);
    expect(agreeing(a, b)).toContain('pain_points');
    expect(agreeing(a, b)).not.toContain('phone');
  });

  it('takes at first what the kept lead lacks, but never a consent', () => {
    expect(firstTaken(lead({}), lead({ current_processor: 'Lynk', package_seen: true, consent_marketing: true, owner_name: 'Bob' })))
      .toEqual(['current_processor', 'package_seen']);
  });

  it('keeps amounts of different currencies together', () => {
    const kept = lead({ average_ticket: 10, stated_value: 7 });
    const other = lead({ average_ticket: 20, stated_value: 5, currency: 'USD' });
    expect(firstTaken(kept, other)).toEqual([]);
    expect(toggleTaken([], 'average_ticket', true, kept, other)).toEqual(['average_ticket', 'stated_value']);
    expect(toggleTaken(['average_ticket', 'stated_value'], 'stated_value', false, kept, other)).toEqual([]);
    expect(toggleTaken([], 'average_ticket', true, kept, lead({ average_ticket: 20 }))).toEqual(['average_ticket']);
  });

  it('counts what goes along', () => {
    const phone = (number: string) => ({ number, label: 'mobile' as const, is_primary: false });
    const kept = lead({ tags: ['a'], submission_phones: [phone('+1')] });
    const other = lead({ tags: ['a', 'b'], submission_phones: [phone('+1'), phone('+2')] });
    const activities = [{ kind: 'note' }, { kind: 'status_change' }] as never;
    expect(goesAlong(kept, other, activities)).toEqual({ activities: 1, deals: 0, phones: 1, tags: ['b'] });
  });
});
