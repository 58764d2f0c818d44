// What a person has before him today: his own open tasks, the leads he has not answered, and what he did.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { activityColumns, type ActivityRow, type LeadRow, leadRowColumns } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { openStatuses } from '../../lib/domain';

export interface MyDay {
  today: string;
  contacts_today: number;
  contacts_week: Record<'call' | 'email' | 'meeting' | 'visit' | 'message', number>;
  streak: number;
}

export const myDayQuery = queryOptions({
  queryKey: [...keys.dashboard, 'my-day'],
  queryFn: ({ signal }) => rpc<MyDay | null>('my_day', {}, signal),
});

export type DueTask = ActivityRow & { submissions: { business_name: string } | null };

interface Listed<T> {
  rows: T[];
  total: number;
}

/** More than a day's work; the total says if there is more. */
const most = 100;

export const dueTasksQuery = (me: string) =>
  queryOptions({
    queryKey: [...keys.dashboard, 'due-tasks', me],
    queryFn: async ({ signal }): Promise<Listed<DueTask>> => {
      const answer = await supabase.from('activities').select(`${activityColumns},submissions(business_name)`, { count: 'exact' })
        .eq('kind', 'task').is('completed_at', null).eq('owner_id', me).order('due_at', { nullsFirst: false }).order('id').limit(most)
        .abortSignal(signal).overrideTypes<DueTask[], { merge: false }>();
      if (answer.error) throw new ApiError(answer.error.message, { status: answer.status });
      return { rows: answer.data, total: answer.count ?? 0 };
    },
  });

export const toAnswerQuery = (me: string) =>
  queryOptions({
    queryKey: [...keys.dashboard, 'to-answer', me],
    queryFn: async ({ signal }): Promise<Listed<LeadRow>> => {
      const answer = await supabase.from('submissions').select(leadRowColumns, { count: 'exact' }).in('status', [...openStatuses])
        .eq('owner_id', me).is('first_response_at', null).order('first_response_due_at', { nullsFirst: false }).order('id').limit(most)
        .abortSignal(signal).overrideTypes<LeadRow[], { merge: false }>();
      if (answer.error) throw new ApiError(answer.error.message, { status: answer.status });
      return { rows: answer.data, total: answer.count ?? 0 };
    },
  });
