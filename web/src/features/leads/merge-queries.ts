// The reads of duplicates: suspected pairs, what may be the same as one lead, and the merges it was in.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { rpc } from '../../api/rpc';
import type { Status } from '../../lib/domain';

export type Sign = 'email' | 'phone' | 'name' | 'marked';

export interface Suspect {
  id: string;
  business_name: string;
  owner_name: string;
  email: string | null;
  phone: string | null;
  status: Status;
  reference: string;
  created_at: string;
  owner_id: string | null;
  territory_id: number;
  country: string;
  lead_score: number | null;
}

export interface Suspects {
  total: number;
  /** There are more marked leads than were looked at. */
  more: boolean;
  pairs: { why: Sign; newer: Suspect; older: Suspect }[];
}

export const suspectsQuery = queryOptions({
  queryKey: keys.suspects,
  queryFn: ({ signal }) => rpc<Suspects>('suspected_duplicates', { p_limit: 100 }, signal),
});

export type Kin = Pick<Suspect, 'id' | 'business_name' | 'owner_name' | 'status' | 'reference'> & { why: Sign };

export const kinQuery = (id: string) => queryOptions({
  queryKey: keys.kin(id),
  queryFn: ({ signal }) => rpc<Kin[]>('duplicates_of', { p_id: id }, signal),
});

export interface MergeRow {
  id: string;
  kept_id: string;
  other_id: string;
  actor_id: string | null;
  created_at: string;
  kept: { business_name: string } | null;
  other: { business_name: string } | null;
}

const mergeColumns = 'id,kept_id,other_id,actor_id,created_at,'
  + 'kept:submissions!lead_merges_kept_id_fkey(business_name),other:submissions!lead_merges_other_id_fkey(business_name)';

/** The merges of a lead that stand, as the kept one or the other. */
export const mergesQuery = (id: string) => queryOptions({
  queryKey: keys.merges(id),
  queryFn: async ({ signal }) => unwrap(await supabase.from('lead_merges').select(mergeColumns).is('undone_at', null)
    .or(`kept_id.eq.${id},other_id.eq.${id}`).order('created_at', { ascending: false }).limit(50)
    .abortSignal(signal).overrideTypes<MergeRow[], { merge: false }>()),
});
