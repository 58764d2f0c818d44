// Figures behind the charts: days with gaps filled, round axis steps, and what the days say.
import { countryOf } from '../../lib/domain';
import type { DayCount } from './queries';

export interface Day {
  day: string;
  total: number;
  /** By country, in the order of the series. */
  parts: { country: string; leads: number }[];
}

const dayMs = 86_400_000;
const shift = (day: string, by: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + by * dayMs).toISOString().slice(0, 10);

/** The countries that occur, in the fixed order of their inks. */
function seriesOf(counts: readonly DayCount[]): string[] {
  const found = [...new Set(counts.map((count) => count.country))];
  return found.sort((a, b) => countryOf(a).series - countryOf(b).series || a.localeCompare(b));
}

/** `length` days to today; a day without leads is a zero, not a gap. */
export function fillDays(counts: readonly DayCount[], today: string, length = 28): Day[] {
  const series = seriesOf(counts);
  const newest = counts.reduce((last, { day }) => (day > last ? day : last), today);
  return Array.from({ length }, (_, i) => {
    const day = shift(newest, i - length + 1);
    const parts = series.map((country) => ({
      country, leads: counts.find((one) => one.day === day && one.country === country)?.leads ?? 0,
    }));
    return { day, parts, total: parts.reduce((sum, part) => sum + part.leads, 0) };
  });
}

/** Three to five round steps that cover the highest value. */
export function axisSteps(highest: number): number[] {
  if (highest <= 0) return [0, 1];
  const rough = highest / 3;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 4, 5, 8, 10].map((by) => by * size).find((one) => one >= rough) ?? 10 * size);
  const steps = Math.ceil(highest / step);
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}

interface Finding {
  direction: 'up' | 'down';
  percent: number;
  /** The country that moved most the same way, if there are several. */
  country: string | null;
}

/**
 * The last seven full days against the seven before. Null when the difference is no more than
 * chance would make of it: two standard deviations of the difference of two counts.
 */
export function findingOf(days: readonly Day[]): Finding | null {
  const full = days.slice(0, -1);
  const [before, after] = [full.slice(-14, -7), full.slice(-7)];
  const sum = (list: readonly Day[]) => list.reduce((total, day) => total + day.total, 0);
  const [a, b] = [sum(before), sum(after)];
  const change = b - a;
  if (a === 0 || Math.abs(change) <= 2 * Math.sqrt(a + b)) return null;
  const countries = days[0]?.parts.map((part) => part.country) ?? [];
  const of = (list: readonly Day[], country: string) =>
    list.reduce((total, day) => total + (day.parts.find((part) => part.country === country)?.leads ?? 0), 0);
  const moved = countries
    .map((country) => ({ country, by: (of(after, country) - of(before, country)) * Math.sign(change) }))
    .sort((x, y) => y.by - x.by)[0];
  return {
    direction: change > 0 ? 'up' : 'down',
    percent: Math.round((Math.abs(change) / a) * 100),
    country: countries.length > 1 && moved && moved.by > 0 ? countryOf(moved.country).name : null,
  };
}
