// The writes of saved views: making, writing over, deleting, and what a person does with one.
import { useMutation, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { run } from '../../api/rpc';
import type { ColumnChoice } from './columns-model';

export interface ViewDraft {
  id?: string;
  name: string;
  query: string;
  columns: readonly ColumnChoice[];
  territory_id: number | null;
}

function useWriting<T, R>(write: (what: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: write, onSettled: () => client.invalidateQueries({ queryKey: keys.views }) });
}

/** Makes a view, or writes over one's own; answers its id. */
export const useSaveView = () => useWriting(async ({ id, ...row }: ViewDraft): Promise<string> => {
  const answer = id === undefined
    ? await supabase.from('saved_views').insert(row).select('id')
    : await supabase.from('saved_views').update(row).eq('id', id).select('id');
  const [saved] = unwrap(answer) as { id: string }[];
  if (!saved) throw new ApiError('not_found', { status: 404 });
  return saved.id;
});

export const useDeleteView = () => useWriting(async (id: string) => unwrap(await supabase.from('saved_views').delete().eq('id', id).select('id')));

export const useMarkView = () => useWriting(({ id, pinned, isDefault }: { id: string; pinned?: boolean; isDefault?: boolean }) =>
  run('mark_view', { p_view: id, p_pinned: pinned ?? null, p_default: isDefault ?? null }));
