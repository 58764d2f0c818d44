// Pure helpers of the further widgets: the grid of places and weeks, and where each place's tile lies.
import { withBelow } from '../../api/directory';
import type { TerritoryNode } from '../../api/rows';
import { countryOf } from '../../lib/domain';
import type { PlaceWeek } from './widget-queries';

const day = 86_400_000;

/** The Mondays of `length` ISO weeks, the last is that of `now`. */
export function mondays(now: Date, length: number): string[] {
  const noon = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate(), 12);
  const monday = noon - ((new Date(noon).getUTCDay() + 6) % 7) * day;
  return Array.from({ length }, (_, i) => new Date(monday - (length - 1 - i) * 7 * day).toISOString().slice(0, 10));
}

interface Row {
  key: string;
  group: string;
  name: string;
  /** How many places are one row; 0 where the row is one place. */
  others: number;
  cells: number[];
}

const rowsShown = 11;

/** The busiest places a row each, by country and then by leads, the others of all together; and the one that grew most. */
export function weekRows(counts: readonly PlaceWeek[], nodes: readonly TerritoryNode[], now: Date, length: number) {
  const weeks = mondays(now, length);
  const places = new Map<number, number[]>();
  for (const { territory_id: id, week, leads } of counts) {
    const at = weeks.indexOf(week);
    const cells = places.get(id) ?? weeks.map(() => 0);
    // A place where the week has begun already counts into the newest.
    cells[at < 0 ? length - 1 : at] = (cells[at < 0 ? length - 1 : at] ?? 0) + leads;
    places.set(id, cells);
  }
  const total = (cells: readonly number[]) => cells.reduce((all, one) => all + one, 0);
  const all = [...places].map(([id, cells]) => {
    const node = nodes.find((one) => one.id === id);
    return { key: String(id), group: node?.country ?? '', name: node?.name ?? String(id), others: 0, cells };
  }).sort((a, b) => total(b.cells) - total(a.cells) || a.name.localeCompare(b.name));
  const shown = all.slice(0, rowsShown);
  const rest = all.slice(rowsShown);
  const rows: Row[] = shown.sort((a, b) => countryOf(a.group).series - countryOf(b.group).series || total(b.cells) - total(a.cells) || a.name.localeCompare(b.name));
  if (rest.length > 0) rows.push({ key: 'rest', group: '', name: '', others: rest.length, cells: weeks.map((_, i) => total(rest.map(({ cells }) => cells[i] ?? 0))) });
  // Four full weeks against the four before; said only where it is more than chance: two standard deviations.
  const growth = rows.filter(({ others }) => others === 0).map(({ name, cells }) => {
    const [before, after] = [total(cells.slice(-9, -5)), total(cells.slice(-5, -1))];
    return { name, by: after - before, sure: after - before > 2 * Math.sqrt(after + before) };
  }).filter(({ sure }) => sure).sort((a, b) => b.by - a.by)[0];
  return { weeks, rows, grows: growth?.name ?? null };
}

/** Column and row of each place's tile, as the places lie to each other. */
const spots: Readonly<Record<string, readonly [number, number]>> = {
  'JM-09': [0, 0], 'JM-08': [1, 0], 'JM-07': [2, 0], 'JM-06': [3, 0], 'JM-05': [4, 0], 'JM-04': [5, 0],
  'JM-10': [0, 1], 'JM-11': [1, 1], 'JM-12': [2, 1], 'JM-13': [3, 1], 'JM-14': [4, 1], 'JM-02': [5, 1], 'JM-03': [6, 1], 'JM-01': [5, 2],
  'KY-WB': [0, 0], 'KY-GT': [0, 1], 'KY-BT': [1, 1], 'KY-NS': [1, 0], 'KY-EE': [2, 1], 'KY-SI': [3, 0],
  'CW-WES': [0, 0], 'CW-BAR': [1, 0], 'CW-SMI': [1, 1], 'CW-WIL': [2, 1], 'CW-JTH': [3, 1], 'CW-NIE': [3, 2], 'CW-OTH': [0, 2],
};

/** A place without a spot goes into rows below the others. */
export function mapTiles(nodes: readonly TerritoryNode[], territory: number | undefined) {
  const inside = territory === undefined ? null : withBelow([...nodes], territory);
  const parents = new Set(nodes.map(({ parent_id: parent }) => parent));
  const leaves = nodes.filter((node) => !parents.has(node.id) && node.country !== null && node.kind !== 'root' && (inside === null || inside.has(node.id)));
  const countries = [...new Set(leaves.map(({ country }) => country ?? ''))]
    // A country without areas is one tile; it is worth a place only with leads.
    .filter((country) => leaves.some((node) => node.country === country && (spots[node.code] !== undefined || node.open_leads > 0)))
    .sort((a, b) => countryOf(a).series - countryOf(b).series || a.localeCompare(b));
  return countries.map((country) => {
    const here = leaves.filter((node) => node.country === country);
    const below = Math.max(-1, ...here.map(({ code }) => spots[code]?.[1] ?? -1)) + 1;
    const loose = here.filter(({ code }) => spots[code] === undefined);
    return {
      country,
      tiles: here.map((node) => {
        const at = loose.indexOf(node);
        const [column, row] = spots[node.code] ?? [at % 6, below + Math.floor(at / 6)];
        return { key: node.code, id: node.id, name: node.name, value: node.open_leads, column, row };
      }),
    };
  });
}
