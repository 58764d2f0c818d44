// Saved views: one's own and those shared with one.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { viewColumns, type ViewRow } from '../../api/rows';

export const viewsQuery = queryOptions({
  queryKey: keys.views,
  staleTime: 60_000,
  queryFn: async ({ signal }) => {
    const answer = await supabase.from('saved_views').select(viewColumns).eq('screen', 'leads')
      .order('created_at').limit(100).abortSignal(signal).overrideTypes<ViewRow[], { merge: false }>();
    return unwrap(answer);
  },
});

export const markOf = ({ saved_view_marks: [mark] }: ViewRow) => mark ?? { pinned: false, is_default: false };
