// The newest things people and the system did, with the names of the leads they concern.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { activityColumns, type ActivityRow } from '../../api/rows';

export interface FeedRow extends ActivityRow {
  submissions: { business_name: string; lead_score: number | null } | null;
}

const feedLength = 30;

export const feedQuery = (territory: number | null, nodes: readonly number[] | null) =>
  queryOptions({
    queryKey: keys.feed(territory),
    queryFn: async ({ signal }) => {
      let query = supabase.from('activities').select(`${activityColumns},submissions(business_name,lead_score)`);
      if (nodes) query = query.in('territory_id', [...nodes]);
      const answer = await query.order('created_at', { ascending: false }).order('id', { ascending: false })
        .limit(feedLength).abortSignal(signal).overrideTypes<FeedRow[], { merge: false }>();
      return unwrap(answer);
    },
  });
