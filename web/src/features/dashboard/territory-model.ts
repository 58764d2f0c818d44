// What the figures of a territory say.
import type { Covered, Member, TrendWeek } from './territory-queries';

export const openStages = ['new', 'contacted', 'qualified', 'proposal', 'negotiation'] as const;
export type OpenStage = (typeof openStages)[number];

export type Cover = 'none' | 'away' | 'full' | 'ok';

/** The worst first: nobody, everybody away, nobody with room. */
export function coverOf({ reps, away, free }: Covered): Cover {
  if (reps === 0) return 'none';
  if (reps === away) return 'away';
  return free === 0 ? 'full' : 'ok';
}

export const coverRank: Readonly<Record<Cover, number>> = { none: 0, away: 1, full: 2, ok: 3 };

export const isFull = ({ capacity, load }: Member): boolean => capacity !== null && load !== null && load >= capacity;

/** The last four full weeks against the four before, in percent; null where ten leads or fewer say nothing. */
export function leadsMoved(weeks: readonly TrendWeek[]): number | null {
  const full = weeks.slice(0, -1);
  const sum = (some: readonly TrendWeek[]) => some.reduce((all, { leads }) => all + leads, 0);
  const [before, now] = [sum(full.slice(-8, -4)), sum(full.slice(-4))];
  if (full.length < 8 || before < 10) return null;
  const percent = Math.round(((now - before) / before) * 100);
  return Math.abs(percent) < 5 ? null : percent;
}
