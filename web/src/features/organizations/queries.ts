// The reads of organisations and contacts: pages of both, one of each, and the leads and deals that belong to it.
import { infiniteQueryOptions, type InfiniteData, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import {
  contactColumns, contactDetailColumns, type ContactRow, dealColumns, type DealDetail, type LeadRow, leadRowColumns,
  organizationColumns, type OrganizationRow,
} from '../../api/rows';
import { rpc } from '../../api/rpc';

export type Kind = 'organizations' | 'contacts';

export interface DirectorySearch {
  q?: string | undefined;
  sort?: 'newest' | undefined;
  territory?: number | undefined;
}

/** What an organisation has, as far as the caller sees it. */
export interface Figures {
  leads: number;
  open_leads: number;
  open_deals: number;
  open_usd: number;
  won_deals: number;
  won_usd: number;
  contacts: number;
  last_activity_at: string | null;
}

export type OrganizationLine = Omit<OrganizationRow, 'website'> & Figures;

export interface ContactLine {
  id: string;
  full_name: string;
  name_key: string;
  email: string | null;
  phone: string | null;
  organization_id: string | null;
  organization: string | null;
  territory_id: number;
  created_at: string;
  version: number;
  leads: number;
  open_leads: number;
}

export type Line = OrganizationLine | ContactLine;
export type Pages<T = Line> = InfiniteData<T[], Line | null>;

const pageSize = 50;

export function directoryQuery<T extends Line>(kind: Kind, search: DirectorySearch) {
  return infiniteQueryOptions({
    queryKey: keys.directory(kind, search),
    initialPageParam: null as Line | null,
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam: last, signal }) => rpc<T[]>(kind === 'organizations' ? 'organization_page' : 'contact_page', {
      p_territory: search.territory ?? null, p_query: search.q ?? null, p_sort: search.sort ?? 'name', p_limit: pageSize,
      ...(last && { p_after_id: last.id, p_after_name: last.name_key, p_after_at: last.created_at }),
    }, signal),
    getNextPageParam: (page) => (page.length < pageSize ? null : page.at(-1)),
  });
}

export const directoryCountQuery = (kind: Kind, { q, territory }: DirectorySearch) =>
  queryOptions({
    queryKey: keys.directoryCount(kind, { q, territory }),
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => rpc<number>(kind === 'organizations' ? 'organization_count' : 'contact_count', {
      p_territory: territory ?? null, p_query: q ?? null,
    }, signal),
  });

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.organization(id),
    queryFn: async ({ signal }) => unwrap(await supabase.from('organizations').select(organizationColumns).eq('id', id)
      .abortSignal(signal).maybeSingle().overrideTypes<OrganizationRow, { merge: false }>()),
  });

export const figuresQuery = (id: string) =>
  queryOptions({
    queryKey: keys.figuresOf(id),
    queryFn: async ({ signal }) => {
      const answer = await rpc<Figures | Figures[]>('organization_figures', { p_id: id }, signal);
      return Array.isArray(answer) ? (answer[0] ?? null) : answer;
    },
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: keys.contact(id),
    queryFn: async ({ signal }) => unwrap(await supabase.from('contacts').select(contactDetailColumns).eq('id', id)
      .abortSignal(signal).maybeSingle().overrideTypes<ContactRow, { merge: false }>()),
  });

/** Everybody who is known at an organisation; a hundred at most. */
export const peopleOfQuery = (id: string) =>
  queryOptions({
    queryKey: [...keys.organization(id), 'people'],
    queryFn: async ({ signal }) => unwrap(await supabase.from('contacts').select(`${contactColumns},contact_phones(number,label,is_primary)`)
      .eq('organization_id', id).order('created_at').limit(100).abortSignal(signal).overrideTypes<ContactRow[], { merge: false }>()),
  });

const few = 20;

/** Leads or deals that belong to a record, the newest first, twenty at a time. */
function belongingQuery<T extends { id: string; created_at: string }>(queryKey: readonly unknown[], table: string, columns: string, column: string, id: string) {
  return infiniteQueryOptions({
    queryKey,
    initialPageParam: null as T | null,
    queryFn: async ({ pageParam, signal }): Promise<T[]> => {
      const last = pageParam as T | null;
      let query = supabase.from(table).select(columns).eq(column, id);
      if (last) query = query.or(`created_at.lt."${last.created_at}",and(created_at.eq."${last.created_at}",id.lt.${last.id})`);
      return unwrap(await query.order('created_at', { ascending: false }).order('id', { ascending: false }).limit(few)
        .abortSignal(signal).overrideTypes<T[], { merge: false }>());
    },
    getNextPageParam: (page) => (page.length < few ? null : page.at(-1)),
  });
}

export const leadsOfQuery = (column: 'organization_id' | 'contact_id', id: string) =>
  belongingQuery<LeadRow>(keys.leadsOf(column, id), 'submissions', leadRowColumns, column, id);

export const dealsOfQuery = (column: 'organization_id' | 'contact_id', id: string) =>
  belongingQuery<DealDetail>(keys.dealsOfRecord(column, id), 'deals', dealColumns, column, id);
