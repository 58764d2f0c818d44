// Pure helpers of deals: the way of a deal, who may move it where, and how a move is taken back.
import type { DealDetail } from '../../api/rows';
import type { Role } from '../../lib/domain';

export const openStages = ['new', 'contacted', 'qualified', 'proposal', 'negotiation'] as const;
export type OpenStage = (typeof openStages)[number];
/** Where a deal stands or may go: closed is two places. */
export type Place = OpenStage | 'won' | 'lost';

export const lostReasons = [
  'price', 'competitor', 'no_decision', 'no_budget', 'timing', 'product_gap', 'regulatory', 'other',
] as const;
export type LostReason = (typeof lostReasons)[number];

/** What a person may write of a deal. */
export type DealPatch = Partial<Pick<
  DealDetail, 'stage' | 'outcome' | 'lost_reason' | 'lost_note' | 'close_date' | 'next_contact_at' | 'value' | 'expected_close'
>> & { stage_reason?: string };

export const placeOf = (deal: Pick<DealDetail, 'stage' | 'outcome'>): Place =>
  deal.outcome ?? (openStages.find((stage) => stage === deal.stage) ?? 'new');

export const leads = (role: Role): boolean => role === 'manager' || role === 'admin';

/** A rep changes his own deals, a manager those of his territories: all that he sees. */
export const mayChange = (deal: Pick<DealDetail, 'owner_id'>, role: Role, me: string): boolean =>
  leads(role) || (role === 'rep' && deal.owner_id === me);

const reopenDays = 90;

/** Where it may go next. The database decides again; this only hides what it never allows. */
export function movesFor(deal: DealDetail, role: Role, me: string, now: Date): Place[] {
  if (!mayChange(deal, role, me)) return [];
  if (deal.stage !== 'closed') return [...openStages.filter((stage) => stage !== deal.stage), 'won', 'lost'];
  const closed = Date.parse(deal.close_date ?? '');
  return leads(role) && now.getTime() - closed < reopenDays * 86_400_000 ? ['negotiation'] : [];
}

/** What a move must say, asked in the same panel. */
export function asks(deal: Pick<DealDetail, 'stage'>, to: Place): 'won' | 'lost' | 'reopen' | null {
  if (to === 'won' || to === 'lost') return to;
  return deal.stage === 'closed' ? 'reopen' : null;
}

/**
 * The writes that take a change back, in order; null where the rules know no way back: only a manager reopens a
 * deal, and only into negotiation.
 */
export function undoOf(before: DealDetail, patch: DealPatch, role: Role, note: string): DealPatch[] | null {
  if (patch.stage === undefined) {
    const { value, expected_close } = before;
    return [{ value, expected_close }];
  }
  if (before.stage === 'closed') {
    const { stage, outcome, lost_reason, lost_note, close_date, next_contact_at } = before;
    return [{ stage, outcome, lost_reason, lost_note, close_date, next_contact_at }];
  }
  if (patch.stage !== 'closed') return [{ stage: before.stage }];
  if (!leads(role)) return null;
  const reopened: DealPatch = {
    stage: 'negotiation', stage_reason: note, value: before.value, next_contact_at: before.next_contact_at,
  };
  return before.stage === 'negotiation' ? [reopened] : [reopened, { stage: before.stage }];
}

/** Open ones first, then the newest. */
export const inOrder = (deals: readonly DealDetail[]): DealDetail[] =>
  [...deals].sort((a, b) => Number(a.stage === 'closed') - Number(b.stage === 'closed') || b.created_at.localeCompare(a.created_at));
