// Look-ups every screen needs: the people and the tree of territories, by id.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from './client';
import { unwrap } from './errors';
import { keys } from './keys';
import { personColumns, type PersonRow, type TerritoryNode } from './rows';
import { rpc } from './rpc';

const fiveMinutes = 5 * 60_000;

export const peopleQuery = queryOptions({
  queryKey: keys.people,
  staleTime: fiveMinutes,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('profiles').select(personColumns)
      .order('full_name').abortSignal(signal).overrideTypes<PersonRow[], { merge: false }>();
    return unwrap(answer);
  },
});

export const territoriesQuery = queryOptions({
  queryKey: keys.territories,
  staleTime: fiveMinutes,
  queryFn: ({ signal }) => rpc<TerritoryNode[]>('territory_tree', {}, signal),
});

/** Which nodes each person was given; what lies below belongs to them as well. */
export const placesQuery = queryOptions({
  queryKey: keys.places,
  staleTime: fiveMinutes,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('profile_territories').select('profile_id,territory_id').limit(2000)
      .abortSignal(signal).overrideTypes<{ profile_id: string; territory_id: number }[], { merge: false }>();
    return unwrap(answer);
  },
});

export const personById = (people: PersonRow[]): Map<string, PersonRow> =>
  new Map(people.map((person) => [person.id, person]));

export const nodeById = (nodes: TerritoryNode[]): Map<number, TerritoryNode> =>
  new Map(nodes.map((node) => [node.id, node]));

/** A node and everything below it. */
export function withBelow(nodes: TerritoryNode[], id: number): Set<number> {
  const found = new Set([id]);
  let grew = true;
  while (grew) {
    grew = false;
    for (const node of nodes) {
      if (node.parent_id === null || found.has(node.id) || !found.has(node.parent_id)) continue;
      found.add(node.id);
      grew = true;
    }
  }
  return found;
}
