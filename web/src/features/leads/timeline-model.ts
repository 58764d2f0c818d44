// Activities, assignments, scores and changes of facts as one story, newest first.
import type { ActivityRow, AssignmentRow, ChangeRow, ScoreHistoryRow } from '../../api/rows';
import type { Timeline } from './queries';

export type Entry =
  | { kind: 'activity'; at: string; id: string; row: ActivityRow }
  | { kind: 'assignment'; at: string; id: string; row: AssignmentRow }
  | { kind: 'score'; at: string; id: string; row: ScoreHistoryRow }
  | { kind: 'change'; at: string; id: string; row: ChangeRow; facts: ToldFact[] };

/** The facts whose changes are told; the rest has entries of its own or is the system's. */
export const toldFacts = [
  'business_name', 'owner_name', 'email', 'phone', 'address', 'postal_code', 'business_type', 'monthly_revenue_band', 'employee_band',
  'monthly_transactions', 'average_ticket', 'year_established', 'current_processor', 'interest_level', 'specific_needs', 'stated_value',
  'preferred_language', 'tags',
] as const;
export type ToldFact = (typeof toldFacts)[number];

/** What the time line shows of the whole. */
export const shownKinds = ['all', 'contacts', 'changes', 'notes'] as const;
export type ShownKind = (typeof shownKinds)[number];

const contacts: readonly string[] = ['call', 'email', 'meeting', 'visit', 'message'];

export function belongsTo(entry: Entry, shown: ShownKind): boolean {
  const kind = entry.kind === 'activity' ? entry.row.kind : null;
  switch (shown) {
    case 'all': return true;
    case 'contacts': return kind !== null && contacts.includes(kind);
    case 'notes': return kind === 'note';
    case 'changes': return entry.kind !== 'activity' || kind === 'status_change';
  }
}

/** The first status is where the lead begins, not a move. */
const isBeginning = (row: ActivityRow): boolean => row.kind === 'status_change' && typeof row.data['from'] !== 'string';

const factsOf = (row: ChangeRow): ToldFact[] => toldFacts.filter((fact) => fact in row.changed);

export function story({ activities, assignments, scores, changes }: Timeline): Entry[] {
  const entries: Entry[] = [
    // An assignment tells its own story with the reasons; its activity would say it twice.
    ...activities.filter((row) => row.kind !== 'assignment' && !isBeginning(row))
      .map((row): Entry => ({ kind: 'activity', at: row.created_at, id: row.id, row })),
    ...assignments.map((row): Entry => ({ kind: 'assignment', at: row.created_at, id: row.id, row })),
    // The first score is told by the arrival of the lead.
    ...scores.filter((row) => row.previous_score !== null)
      .map((row): Entry => ({ kind: 'score', at: row.created_at, id: row.id, row })),
    ...changes.flatMap((row): Entry[] => {
      const facts = factsOf(row);
      return facts.length === 0 ? [] : [{ kind: 'change', at: row.at, id: `change-${row.id}`, row, facts }];
    }),
  ];
  const order = { activity: 1, change: 2, score: 3, assignment: 4 };
  // What one transaction wrote has one time: it arrived, was scored, was assigned.
  const rank = (entry: Entry) => (entry.kind === 'activity' && entry.row.kind === 'intake' ? 0 : order[entry.kind]);
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || rank(b) - rank(a));
}
