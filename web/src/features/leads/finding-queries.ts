// What outside sources said of a lead, what a person took of it, and which sources are on.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';

export type Source = 'phone' | 'mail' | 'places' | 'company';
/** In the order in which they are shown. */
export const sources: readonly Source[] = ['phone', 'mail', 'places', 'company'];

export interface Fact {
  name: string;
  value: string;
  /** Percent. */
  sure: number;
  /** That it may be taken into: a column of the lead, or form.x. */
  field?: string;
}

export interface Finding {
  source: Source;
  subject: string;
  asked_at: string;
  state: 'found' | 'nothing' | 'failed';
  reason: string | null;
  facts: Fact[];
}

export interface Taken {
  field: string;
  source: Source;
  name: string;
  value: string | number;
}

export interface Findings {
  found: Finding[];
  taken: Taken[];
}

/** Asked anew with every version of the lead: taking a fact changes both. */
export const findingsQuery = (lead: string, version: number) => queryOptions({
  queryKey: [...keys.findings(lead), version],
  queryFn: async ({ signal }): Promise<Findings> => {
    const of = (table: string, columns: string) => supabase.from(table).select(columns).eq('submission_id', lead).abortSignal(signal);
    const [found, taken] = await Promise.all([
      of('lead_findings', 'source,subject,asked_at,state,reason,facts').overrideTypes<Finding[], { merge: false }>(),
      of('taken_findings', 'field,source,name,value').overrideTypes<Taken[], { merge: false }>(),
    ]);
    return { found: unwrap(found), taken: unwrap(taken) };
  },
  placeholderData: keepPreviousData,
});

export interface SourceOff {
  source: Source;
  reason: string;
}

/** Row security answers admins alone. */
export const sourcesOffQuery = queryOptions({
  queryKey: keys.factSources,
  queryFn: async ({ signal }) => unwrap(await supabase.from('fact_sources').select('source,reason').is('active', false).order('place')
    .abortSignal(signal).overrideTypes<SourceOff[], { merge: false }>()),
});
