// What comes next with the lead: open tasks by their day, then what was done last.
import { useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';

import type { ActivityRow } from '../../api/rows';
import { t } from '../../lib/en-leads';
import { clock, dayMonth, isoDay, span } from '../../lib/time';
import { Avatar } from '../../ui/avatar';
import { Box } from '../../ui/box';
import { Button } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import { useNow } from '../../ui/use-now';
import type { Names } from './lead-parts';

const TaskForm = lazy(() => import('./task-form').then((part) => ({ default: part.TaskForm })));

const doneShown = 3;

function dueWords(due: string, now: Date): { text: string; ink: string } {
  const at = new Date(due);
  if (isoDay(at) === isoDay(now)) return { text: `${t('tasks.today')} ${clock(at)}`, ink: at < now ? 'text-bad' : 'text-warn' };
  if (at >= now) return { text: `${dayMonth(at)} ${clock(at)}`, ink: 'text-ink-2' };
  const [first] = span((now.getTime() - at.getTime()) / 60_000);
  return { text: t('tasks.late', { span: `${first?.figure ?? ''} ${first?.unit ?? ''}` }), ink: 'text-bad' };
}

/** Open ones by their day, those without one last; then the newest of the done. */
export function inOrder(rows: readonly ActivityRow[]): ActivityRow[] {
  const tasks = rows.filter(({ kind }) => kind === 'task');
  const open = tasks.filter((task) => task.completed_at === null)
    .sort((a, b) => (a.due_at ?? '9').localeCompare(b.due_at ?? '9'));
  const done = tasks.filter((task) => task.completed_at !== null)
    .sort((a, b) => (b.completed_at ?? '').localeCompare(a.completed_at ?? '')).slice(0, doneShown);
  return [...open, ...done];
}

interface LeadTasksProps {
  leadId: string;
  activities: ActivityRow[];
  names: Names;
  canWrite: boolean;
}

export function LeadTasks({ leadId, activities, names, canWrite }: LeadTasksProps) {
  const client = useQueryClient();
  // The tick shows at once, also while what writes it is still being loaded.
  const [ticking, setTicking] = useState<ReadonlyMap<string, boolean>>(new Map());
  const tick = async (task: ActivityRow, done: boolean) => {
    setTicking((now) => new Map(now).set(task.id, done));
    const part = await import('./work-mutations');
    await part.tick(client, leadId, task, done);
    setTicking((now) => new Map([...now].filter(([id]) => id !== task.id)));
  };
  const now = useNow();
  const tasks = inOrder(activities);
  return (
    <section aria-labelledby="tasks-title" className="border-b border-line px-5 pb-1.5">
      <div className="flex h-11 items-center">
        <h2 id="tasks-title" className="flex-1">{t('tasks.title')}</h2>
        {canWrite && (
          <LazyPopover
            label={t('tasks.add')} align="end" className="w-[300px] p-4"
            trigger={<Button look="quiet" className="-mr-2 text-sea! max-md:h-11"><Plus aria-hidden="true" />{t('tasks.add')}</Button>}
          >
            {(close) => <Suspense><TaskForm leadId={leadId} onClose={close} /></Suspense>}
          </LazyPopover>
        )}
      </div>
      {tasks.length === 0 && <p className="pb-2 text-ink-3">{t('tasks.none')}</p>}
      <ul>
        {tasks.map((task) => {
          const done = ticking.get(task.id) ?? task.completed_at !== null;
          const due = task.due_at === null ? null : dueWords(task.due_at, now);
          const name = task.subject ?? '';
          return (
            <li key={task.id} data-task={task.id} className="flex min-h-8 items-center gap-2.5 border-t border-line py-1 max-md:min-h-11">
              {canWrite && <Box tabbable label={t('tasks.done', { name })} checked={done} onChange={() => void tick(task, !done)} />}
              <span className={`min-w-0 flex-1 truncate ${done ? 'text-ink-3 line-through' : 'font-medium'}`}>{name}</span>
              {due && <span className={`tabular flex-none text-12 ${done ? 'text-ink-3' : due.ink}`}>{done ? dayMonth(task.completed_at === null ? now : new Date(task.completed_at)) : due.text}</span>}
              {task.actor_id !== null && <Avatar id={task.actor_id} name={names.people.get(task.actor_id)?.full_name ?? t('app.somebody')} size="s" />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
