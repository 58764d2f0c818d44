// Changes of deals as moves of cards: whoever moved one, and wherever it now belongs.
import type { QueryClient } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import type { RowChange } from '../../api/realtime';
import { refresh, refreshUnderway } from '../../api/refresh';
import type { DealCard, DealDetail } from '../../api/rows';
import { gather } from '../../lib/gather';
import { belongs, type BoardFilters, type Column, columnOf, compareCards } from './board-model';
import { type CardPages, readCard } from './board-queries';
import { showDeal } from './live';

/** Ids of cards that moved a moment ago: they flash once. */
export const movedIds = new Set<string>();

const without = (pages: CardPages, id: string): CardPages => ({
  ...pages, pages: pages.pages.map((page) => ({ ...page, cards: page.cards.filter((card) => card.id !== id) })),
});

/** Puts a card where the order wants it; one beyond the loaded window comes with its page. */
function withCard(pages: CardPages, card: DealCard): CardPages {
  const at = pages.pages.findIndex(({ next }) => next === null || compareCards(card, next) < 0);
  return {
    ...pages,
    pages: pages.pages.map((page, i) => (i === at ? { ...page, cards: [...page.cards, card].sort(compareCards) } : page)),
  };
}

const columnQueries = (client: QueryClient) => client.getQueryCache().findAll({ queryKey: keys.boardColumns });

/** The card as some column or the table has it. */
export function knownCard(client: QueryClient, id: string): DealCard | undefined {
  for (const [, pages] of client.getQueriesData<Partial<CardPages>>({ queryKey: keys.board })) {
    const found = pages?.pages?.flatMap((page) => page.cards).find((card) => card.id === id);
    if (found) return found;
  }
  return undefined;
}

function place(client: QueryClient, id: string, card: DealCard | null): void {
  for (const { queryKey } of columnQueries(client)) {
    const [, , filters, column] = queryKey as ['board', 'column', BoardFilters, Column];
    client.setQueryData<CardPages>(queryKey, (pages) => {
      if (!pages) return pages;
      const rest = without(pages, id);
      return card && column === columnOf(card) && belongs(card, filters) ? withCard(rest, card) : rest;
    });
  }
  client.setQueriesData<CardPages>({ queryKey: ['board', 'table'] }, (pages) => pages && {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, cards: page.cards.map((one) => (card && one.id === id ? card : one)) })),
  });
}

const gathered = new WeakMap<QueryClient, () => void>();

/** The sums are the server's; they are read again, once for all moves of a moment. */
function refreshTotals(client: QueryClient): void {
  let soon = gathered.get(client);
  if (!soon) {
    soon = gather(() => refresh(client, ['board', 'totals']), 200);
    gathered.set(client, soon);
  }
  soon();
}

/** Shows a deal as it now is, on the board and on the page of its lead; an older version changes nothing. */
export function showCard(client: QueryClient, deal: DealDetail): void {
  showDeal(client, deal);
  const known = knownCard(client, deal.id);
  if (!known || known.version > deal.version) return;
  const moved = known.stage !== deal.stage;
  const card: DealCard = { ...known, ...deal, ...(moved && { stage_changed_at: new Date().toISOString() }) };
  if (moved) {
    movedIds.add(deal.id);
    setTimeout(() => movedIds.delete(deal.id), 1500);
  }
  place(client, deal.id, card);
  refreshTotals(client);
}

/** A change of public.deals that the socket told. */
export function applyBoardChange(client: QueryClient, change: RowChange): void {
  refreshUnderway(client, keys.boardColumns);
  refreshTotals(client);
  const id = String(change.record['id'] ?? change.old['id']);
  const deal = change.record as unknown as DealCard;
  if (change.type === 'DELETE' || deal.deleted_at !== null) {
    place(client, id, null);
    return;
  }
  if (knownCard(client, id)) {
    showCard(client, deal);
    return;
  }
  void readCard(id).then((card) => {
    if (card) place(client, id, card);
  }, () => undefined);
}
