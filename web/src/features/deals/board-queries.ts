// The reads of the board: a column in pages, the sums over all columns, and the table of deals.
import { infiniteQueryOptions, type InfiniteData, type QueryClient, queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { cardColumns, type DealCard } from '../../api/rows';
import { rpc } from '../../api/rpc';
import type { BoardFilters, Column, DealSort } from './board-model';

const pageSize = 50;

export interface CardPage {
  cards: DealCard[];
  /** Where the next page begins; null after the last. Kept, because cards come and go live. */
  next: DealCard | null;
}
export type CardPages = InfiniteData<CardPage, DealCard | null>;

export interface BoardTotals {
  columns: { stage: Column; deals: number; usd: number; weighted_usd: number }[];
  won: { deals: number; usd: number };
  lost: { deals: number };
  month: string;
  rate_date: string | null;
  example_rates: boolean;
}

function cards(filters: BoardFilters) {
  let query = supabase.from('deal_cards').select(cardColumns);
  if (filters.owner !== null) query = query.eq('owner_id', filters.owner);
  if (filters.nodes !== null) query = query.in('territory_id', [...filters.nodes]);
  return query;
}

/** What comes after a row in descending order with nulls last, then by the newer id. */
function after(column: string, value: string | number | null, id: string): string {
  if (value === null) return `and(${column}.is.null,id.lt.${id})`;
  return `${column}.lt."${value}",and(${column}.eq."${value}",id.lt.${id}),${column}.is.null`;
}

const pageOf = (rows: DealCard[]): CardPage => ({ cards: rows, next: rows.length < pageSize ? null : (rows.at(-1) ?? null) });

export const totalsQuery = ({ owner, territory }: BoardFilters) =>
  queryOptions({
    queryKey: keys.boardTotals({ owner, territory }),
    queryFn: ({ signal }) => rpc<BoardTotals>('board_totals', { p_territory: territory, p_owner: owner }, signal),
  });

/** The first day of the month whose closes are shown: the one the totals count from, which is the person's, not the browser's. */
const monthStart = async (client: QueryClient, filters: BoardFilters): Promise<string> =>
  (await client.query({ ...totalsQuery(filters), staleTime: 'static' })).month;

export const columnQuery = (filters: BoardFilters, column: Column) =>
  infiniteQueryOptions({
    queryKey: keys.boardColumn(filters, column),
    initialPageParam: null as DealCard | null,
    queryFn: async ({ pageParam: last, signal, client }): Promise<CardPage> => {
      const by = column === 'closed' ? 'close_date' : 'lead_score';
      let query = cards(filters).eq('stage', column);
      if (column === 'closed') query = query.gte('close_date', await monthStart(client, filters));
      if (last) query = query.or(after(by, last[by], last.id));
      const answer = await query.order(by, { ascending: false, nullsFirst: false }).order('id', { ascending: false })
        .limit(pageSize).abortSignal(signal).overrideTypes<DealCard[], { merge: false }>();
      return pageOf(unwrap(answer));
    },
    getNextPageParam: (page) => page.next,
  });

/** One card, for a deal that came into sight by the socket, which does not carry its lead. */
export async function readCard(id: string): Promise<DealCard | null> {
  const answer = await supabase.from('deal_cards').select(cardColumns).eq('id', id).limit(1)
    .overrideTypes<DealCard[], { merge: false }>();
  return unwrap(answer)[0] ?? null;
}

const sortColumns = { score: 'lead_score', value: 'value', close: 'expected_close', stage: 'stage_changed_at' } as const satisfies Record<DealSort, keyof DealCard>;

export const tableQuery = (filters: BoardFilters & { sort: DealSort; closed: boolean }) =>
  infiniteQueryOptions({
    queryKey: keys.dealTable(filters),
    initialPageParam: null as DealCard | null,
    queryFn: async ({ pageParam: last, signal, client }): Promise<CardPage> => {
      const by = sortColumns[filters.sort];
      let query = filters.closed
        ? cards(filters).eq('stage', 'closed').gte('close_date', await monthStart(client, filters))
        : cards(filters).neq('stage', 'closed');
      if (last) query = query.or(after(by, last[by], last.id));
      const answer = await query.order(by, { ascending: false, nullsFirst: false }).order('id', { ascending: false })
        .limit(pageSize).abortSignal(signal).overrideTypes<DealCard[], { merge: false }>();
      return pageOf(unwrap(answer));
    },
    getNextPageParam: (page) => page.next,
  });
