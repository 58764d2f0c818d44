// The deals of a lead, read beside the lead itself, and what their money is in US dollars.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { dealColumns, type DealDetail, rateColumns, type RateRow } from '../../api/rows';

export const dealsQuery = (leadId: string) =>
  queryOptions({
    queryKey: keys.dealsOf(leadId),
    queryFn: async ({ signal }) => {
      const answer = await supabase.from('deals').select(dealColumns).eq('submission_id', leadId)
        .order('created_at', { ascending: false }).limit(20).abortSignal(signal)
        .overrideTypes<DealDetail[], { merge: false }>();
      return unwrap(answer);
    },
  });

/** The newest rate that is not younger than a day, as the dashboard converts; null where there is none. */
export const rateQuery = (currency: string, day: string) =>
  queryOptions({
    queryKey: keys.rate(currency, day),
    staleTime: 60 * 60_000,
    queryFn: async ({ signal }): Promise<RateRow | null> => {
      const answer = await supabase.from('exchange_rates').select(rateColumns).eq('currency', currency).lte('rate_date', day)
        .order('rate_date', { ascending: false }).limit(1).abortSignal(signal).overrideTypes<RateRow[], { merge: false }>();
      return unwrap(answer)[0] ?? null;
    },
  });
