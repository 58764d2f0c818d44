// The deals of a lead, read beside the lead itself.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { dealColumns, type DealDetail } from '../../api/rows';

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
