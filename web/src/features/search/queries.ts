// Finding records by words: the server knows accents, beginnings of words and typing errors.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { rpc } from '../../api/rpc';

export interface Found {
  kind: 'lead' | 'deal' | 'person';
  id: string;
  lead_id: string | null;
  title: string;
  /** The contact of a lead, the lead of a deal, the address of a person. */
  detail: string | null;
  /** A lead's status, a deal's stage or outcome, a person's role. */
  state: string;
  score: number | null;
  territory_id: number | null;
  owner_id: string | null;
}

export const leastLetters = 2;

export const searchQuery = (typed: string) =>
  queryOptions({
    queryKey: keys.search(typed),
    queryFn: ({ signal }) => rpc<Found[]>('search_records', { p_query: typed }, signal),
    enabled: typed.length >= leastLetters,
    placeholderData: keepPreviousData,
  });
