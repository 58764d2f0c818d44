// Activities, assignments and scores as one story, newest first.
import type { ActivityRow, AssignmentRow, ScoreHistoryRow } from '../../api/rows';
import type { Timeline } from './queries';

export type Entry =
  | { kind: 'activity'; at: string; id: string; row: ActivityRow }
  | { kind: 'assignment'; at: string; id: string; row: AssignmentRow }
  | { kind: 'score'; at: string; id: string; row: ScoreHistoryRow };

/** The first status is where the lead begins, not a move. */
const isBeginning = (row: ActivityRow): boolean => row.kind === 'status_change' && typeof row.data['from'] !== 'string';

export function story({ activities, assignments, scores }: Timeline): Entry[] {
  const entries: Entry[] = [
    // An assignment tells its own story with the reasons; its activity would say it twice.
    ...activities.filter((row) => row.kind !== 'assignment' && !isBeginning(row))
      .map((row): Entry => ({ kind: 'activity', at: row.created_at, id: row.id, row })),
    ...assignments.map((row): Entry => ({ kind: 'assignment', at: row.created_at, id: row.id, row })),
    ...scores.map((row): Entry => ({ kind: 'score', at: row.created_at, id: row.id, row })),
  ];
  const order = { activity: 1, score: 2, assignment: 3 };
  // What one transaction wrote has one time: it arrived, was scored, was assigned.
  const rank = (entry: Entry) => (entry.kind === 'activity' && entry.row.kind === 'intake' ? 0 : order[entry.kind]);
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || rank(b) - rank(a));
}
