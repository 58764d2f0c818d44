// Pure helpers of the lead screens: scores that add up, first-contact times, legal moves.
import type { LeadDetail, LeadRow, ScoreFactor } from '../../api/rows';
import { openStatuses, type PainPoint, type Role, type Status } from '../../lib/domain';
import { spanText } from '../../lib/time';

export const relevantPains: readonly PainPoint[] = [
  'high_fees', 'slow_processing', 'international_payments', 'poor_support', 'security_concerns',
];

/** Points of the factors in the model's order; with the adjustment they add up to the score. */
export const pointsOf = (factors: readonly ScoreFactor[]): number =>
  factors.reduce((sum, factor) => sum + factor.points, 0);

/** Widths of the score bar: the factors, then what the adjustment adds; never wider than the score. */
export function barParts(row: Pick<LeadRow, 'lead_score' | 'score_factors' | 'score_adjustment'>): number[] {
  const score = row.lead_score ?? 0;
  const factors = row.score_factors ?? [];
  if (factors.length === 0) return [score];
  const parts = factors.map((factor) => factor.points);
  const adjustment = row.score_adjustment ?? 0;
  if (adjustment >= 0) return [...parts, adjustment];
  const sum = pointsOf(factors);
  return sum === 0 ? [] : parts.map((points) => (points * score) / sum);
}

export type Due = { state: 'done' } | { state: 'late' | 'soon' | 'due'; text: string } | null;

/** How the first contact stands: made, late, due within a day, or later. */
export function firstContact(row: LeadRow, now: Date): Due {
  if (row.first_response_at !== null) return { state: 'done' };
  if (row.first_response_due_at === null || !openStatuses.includes(row.status)) return null;
  const minutes = (Date.parse(row.first_response_due_at) - now.getTime()) / 60_000;
  if (minutes < 0) return { state: 'late', text: spanText(-minutes) };
  return { state: minutes < 24 * 60 ? 'soon' : 'due', text: spanText(minutes) };
}

const moves: Readonly<Record<Status, readonly Status[]>> = {
  new: ['contacted', 'qualified', 'nurture', 'disqualified'],
  contacted: ['qualified', 'nurture', 'disqualified'],
  qualified: ['nurture', 'disqualified'],
  nurture: ['contacted', 'disqualified'],
  converted: [],
  disqualified: [],
  archived: [],
};

/** Where the lead may go next. The database decides again; this only hides what it never allows. */
export function movesFor(lead: Pick<LeadDetail, 'status' | 'owner_id' | 'previous_status'>, role: Role, me: string): Status[] {
  const leads = role === 'manager' || role === 'admin';
  if (!leads && !(role === 'rep' && lead.owner_id === me)) return [];
  const next: Status[] = [...moves[lead.status]];
  if (leads && lead.status === 'disqualified') next.push('new');
  if (leads && lead.status === 'archived' && lead.previous_status) next.push(lead.previous_status);
  if (leads && lead.status !== 'archived' && lead.status !== 'converted') next.push('archived');
  return next;
}

/** What a move must say, asked in the same dialog. */
export function needs(from: Status, to: Status): 'contact' | 'reason' | 'lost_reason' | 'date' | null {
  if (to === 'contacted' && from === 'new') return 'contact';
  if (from === 'archived') return null;
  if (to === 'nurture') return 'date';
  if (to === 'disqualified') return 'lost_reason';
  if (to === 'qualified' || (from === 'disqualified' && to === 'new')) return 'reason';
  return null;
}
