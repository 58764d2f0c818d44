// Pure helpers of the board: its columns, the order in them, and what a card says.
import type { DealCard } from '../../api/rows';
import { t } from '../../lib/en-board';
import { clock, dayMonth, isoDay, span, written } from '../../lib/time';
import { openStages, type Place } from './model';

export const columns = [...openStages, 'closed'] as const;
export type Column = (typeof columns)[number];

/** As in the address. */
export interface BoardSearch {
  view?: 'table' | undefined;
  owner?: string | undefined;
  sort?: DealSort | undefined;
  state?: 'closed' | undefined;
  territory?: number | undefined;
}

export const dealSorts = ['score', 'value', 'close', 'stage'] as const;
export type DealSort = (typeof dealSorts)[number];

/** Resolved: the owner is an id, a territory is a set of nodes. Part of the key of the board's queries. */
export interface BoardFilters {
  owner: string | null;
  territory: number | null;
  nodes: readonly number[] | null;
}

export const columnOf = (card: Pick<DealCard, 'stage'>): Column => columns.find((one) => one === card.stage) ?? 'new';

export const belongs = (card: DealCard, { owner, nodes }: BoardFilters): boolean =>
  (owner === null || card.owner_id === owner) && (nodes === null || nodes.includes(card.territory_id));

/** The best first, the unscored last; among closed ones the newest. The same order as the queries'. */
export function compareCards(a: DealCard, b: DealCard): number {
  if (a.stage === 'closed' && a.close_date !== b.close_date) return (b.close_date ?? '').localeCompare(a.close_date ?? '');
  if (a.stage !== 'closed' && a.lead_score !== b.lead_score) return (b.lead_score ?? -1) - (a.lead_score ?? -1);
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/** The largest part is enough on a card: `2 d`. */
const spanText = (minutes: number): string => {
  const [first] = span(minutes);
  return `${first?.figure ?? '0'} ${first?.unit ?? 'm'}`;
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** Days without a sign of life after which a deal is called quiet: the more is promised, the sooner. */
const quietAfter: Readonly<Record<Column, number>> = { new: 7, contacted: 14, qualified: 10, proposal: 5, negotiation: 7, closed: Infinity };

/** How long a deal has been quiet, in words; null while it is not. */
export function quietFor(card: DealCard, now: Date): string | null {
  const idle = now.getTime() - Date.parse(card.touched_at ?? card.stage_changed_at);
  return idle > quietAfter[columnOf(card)] * day ? spanText(idle / minute) : null;
}

export const inStageFor = (card: DealCard, now: Date): string =>
  spanText(Math.max(0, now.getTime() - Date.parse(card.stage_changed_at)) / minute);

export interface Step {
  text: string;
  tone: 'late' | 'soon' | 'plain' | 'none';
}

function whenWords(due: Date, now: Date): Pick<Step, 'text' | 'tone'> {
  if (isoDay(due) === isoDay(now)) return { text: t('board.today'), tone: due < now ? 'late' : 'soon' };
  if (due < now) return { text: t('board.late', { span: spanText((now.getTime() - due.getTime()) / minute) }), tone: 'late' };
  if (due.getTime() - now.getTime() < 6 * day) return { text: `${written(due, { weekday: 'short' })} ${clock(due)}`, tone: 'plain' };
  return { text: dayMonth(due), tone: 'plain' };
}

/** What comes next: the first open task, or the first contact that is still due. */
export function nextStep(card: DealCard, now: Date): Step {
  if (card.next_step !== null) {
    if (card.next_due_at === null) return { text: card.next_step, tone: 'plain' };
    const when = whenWords(new Date(card.next_due_at), now);
    return { text: `${card.next_step}, ${when.text}`, tone: when.tone };
  }
  if (card.first_response_at === null && card.first_response_due_at !== null && card.stage === 'new') {
    const minutes = (Date.parse(card.first_response_due_at) - now.getTime()) / minute;
    const when = minutes < 0 ? t('board.late', { span: spanText(-minutes) }) : t('board.in', { span: spanText(minutes) });
    return { text: t('board.first_contact', { when }), tone: minutes < 0 ? 'late' : minutes < 24 * 60 ? 'soon' : 'plain' };
  }
  return { text: t('board.no_step'), tone: 'none' };
}

/** What the server makes of a stage unless somebody set the likelihood by hand (flash.default_probability). */
export const likelihood: Readonly<Record<Place, number>> = {
  new: 5, contacted: 15, qualified: 35, proposal: 60, negotiation: 80, won: 100, lost: 0,
};

/** The neighbouring open stage; null at an end. */
export function stepFrom(card: Pick<DealCard, 'stage'>, by: 1 | -1): Exclude<Place, 'won' | 'lost'> | null {
  const at = openStages.findIndex((stage) => stage === card.stage);
  return at < 0 ? null : (openStages[at + by] ?? null);
}
