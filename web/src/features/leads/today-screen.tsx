// A person's day, worked down by keys: what he promised, who waits for an answer and how long still, what he did.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import type { LeadRow } from '../../api/rows';
import { bandOf } from '../../lib/domain';
import { count, t } from '../../lib/en-today';
import { clock, dayMonth, isoDay, spanText } from '../../lib/time';
import { Box } from '../../ui/box';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { Failed } from '../../ui/failed';
import { bandInk } from '../../ui/score-bar';
import { useKeys } from '../../ui/use-keys';
import { useNow } from '../../ui/use-now';
import { type DueTask, dueTasksQuery, myDayQuery, toAnswerQuery } from './today-queries';

const minute = 60_000;
const row = 'flex min-h-9 items-center gap-2.5 border-t border-line px-4 hover:bg-hover max-md:min-h-12';
const here = 'bg-hover shadow-[inset_2px_0_var(--sea)]';

type When = 'late' | 'today' | 'later' | 'no_day';
const inks: Readonly<Record<When, string>> = { late: 'text-bad', today: 'text-warn', later: 'text-ink-2', no_day: 'text-ink-3' };

/** Late at the minute, today by the day of the person. */
export function whenOf({ due_at: due }: Pick<DueTask, 'due_at'>, now: Date, zone: string): When {
  if (due === null) return 'no_day';
  if (Date.parse(due) < now.getTime()) return 'late';
  return isoDay(new Date(due), zone) === isoDay(now, zone) ? 'today' : 'later';
}

function Cell({ label, value, tone = '', children }: { label: string; value: number; tone?: string; children?: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="min-w-0 border-r border-line px-4 pt-3 pb-2.5 max-md:border-b">
      <p className="truncate text-12 text-ink-2 max-md:text-13">{label}</p>
      <p className={`tabular mt-0.5 text-24 leading-8! font-semibold ${tone}`}>{value.toLocaleString('en')}</p>
      <p className="mt-0.5 truncate text-12 text-ink-3">{children ?? ' '}</p>
    </div>
  );
}

function Clock({ lead, now }: { lead: LeadRow; now: Date }) {
  if (lead.first_response_due_at === null) return <span className="text-12 text-ink-3">{t('today.no_time')}</span>;
  const left = (Date.parse(lead.first_response_due_at) - now.getTime()) / minute;
  if (left <= 0) return <span className="tabular font-medium text-bad">{t('today.over', { span: spanText(-left) })}</span>;
  return <span className={`tabular ${left <= 240 ? 'text-warn' : 'text-ink-2'}`}>{spanText(left)}</span>;
}

function TaskRow({ task, zone, now, current, onTick }: { task: DueTask; zone: string; now: Date; current: boolean; onTick: () => void }) {
  const when = whenOf(task, now, zone);
  const name = task.subject ?? '';
  const due = task.due_at === null ? t('today.no_day') : isoDay(new Date(task.due_at), zone) === isoDay(now, zone) ? clock(new Date(task.due_at), zone) : dayMonth(new Date(task.due_at), zone);
  return (
    <li data-item={task.id} data-when={when} aria-current={current ? 'true' : undefined} className={`${row} ${current ? here : ''}`}>
      <Box tabbable label={t('today.done', { name })} checked={false} onChange={onTick} />
      <Link to="/leads/$id" params={{ id: task.submission_id ?? '' }} disabled={task.submission_id === null} className="min-w-0 flex-1 truncate leading-7 hover:underline">
        <span className="font-medium">{name}</span> <span className="text-ink-3">{task.submissions?.business_name}</span>
      </Link>
      <span className={`tabular flex-none text-12 ${inks[when]}`}>{when === 'late' ? `${t('today.late')}, ${due}` : due}</span>
    </li>
  );
}

function LeadLine({ lead, now, current }: { lead: LeadRow; now: Date; current: boolean }) {
  return (
    <li data-item={lead.id} aria-current={current ? 'true' : undefined} className={`${row} ${current ? here : ''}`}>
      <span className={`tabular w-6 flex-none font-semibold ${lead.lead_score === null ? 'text-ink-3' : bandInk[bandOf(lead.lead_score)]}`}>{lead.lead_score ?? '–'}</span>
      <Link to="/leads/$id" params={{ id: lead.id }} className="min-w-0 flex-1 truncate leading-7 font-medium hover:underline">{lead.business_name}</Link>
      <Clock lead={lead} now={now} />
    </li>
  );
}

function Column({ id, title, sub, none, empty, children }: { id: string; title: string; sub?: string | undefined; none: string; empty: boolean; children: ReactNode }) {
  return (
    <section aria-labelledby={`${id}-title`} className="min-w-0 border-line pb-3 max-md:border-b md:border-r">
      <div className="flex h-11 items-center gap-2 px-4">
        <h2 id={`${id}-title`} className="truncate max-md:text-15">{title}</h2>
        {sub !== undefined && <p className="truncate text-12 text-ink-3">{sub}</p>}
      </div>
      {empty ? <p className="px-4 pb-2 text-ink-2">{none}</p> : <ul>{children}</ul>}
    </section>
  );
}

export function TodayScreen({ me, zone }: { me: string; zone: string }) {
  const now = useNow();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [cursor, setCursor] = useState<string | null>(null);
  // A ticked task leaves at once; it is back if the server refuses or it is undone.
  const [ticking, setTicking] = useState<ReadonlySet<string>>(new Set());
  const day = useQuery(myDayQuery);
  const tasks = useQuery(dueTasksQuery(me));
  const answers = useQuery(toAnswerQuery(me));
  const shown = tasks.data?.rows.filter(({ id }) => !ticking.has(id)) ?? [];
  const leads = answers.data?.rows ?? [];
  const tickTask = async (task: DueTask) => {
    setTicking((all) => new Set(all).add(task.id));
    const { tick } = await import('./work-mutations');
    await tick(client, task.submission_id ?? '', task, true);
    await client.refetchQueries({ queryKey: dueTasksQuery(me).queryKey });
    setTicking((all) => new Set([...all].filter((id) => id !== task.id)));
    refresh(client, keys.dashboard);
  };
  const items = [...leads.map(({ id }) => ({ id, lead: id })), ...shown.map(({ id, submission_id: lead }) => ({ id, lead }))];
  const move = (step: number) => {
    const at = items.findIndex(({ id }) => id === cursor);
    const next = items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + step))];
    setCursor(next?.id ?? null);
    document.querySelector(`[data-item="${next?.id ?? ''}"]`)?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({
    j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1),
    x: () => {
      const task = shown.find(({ id }) => id === cursor);
      if (!task) return;
      const next = items[items.findIndex(({ id }) => id === cursor) + 1];
      setCursor(next?.id ?? null);
      void tickTask(task);
    },
    ...(cursor !== null && document.activeElement?.tagName !== 'A' && {
      Enter: () => {
        const lead = items.find(({ id }) => id === cursor)?.lead;
        if (lead) void navigate({ to: '/leads/$id', params: { id: lead } });
      },
    }),
  });
  const error = day.error ?? tasks.error ?? answers.error;
  const late = shown.filter((task) => whenOf(task, now, zone) === 'late').length;
  const waiting = leads.filter(({ first_response_due_at: due }) => due !== null && Date.parse(due) <= now.getTime()).length;
  const total = (tasks.data?.total ?? 0) - ticking.size;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
      <div className="flex min-h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:min-h-[54px]">
        <h1 className="text-15 max-md:text-18">{t('today.title')}</h1>
        <p className="text-ink-3">{dayMonth(now, zone)}</p>
        <span className="flex-1" />
        <p className="text-12 text-ink-3 max-md:hidden">{t('today.keys')}</p>
      </div>
      {error && !tasks.data ? (
        <Failed
          title={t('today.failed')} requestLabel={t('app.request')} requestId={error instanceof ApiError ? error.requestId : null}
          actions={<Button onClick={() => void Promise.all([day.refetch(), tasks.refetch(), answers.refetch()])}>{t('app.retry')}</Button>}
        >
          {error.message}
        </Failed>
      ) : !tasks.data || !answers.data || !day.data ? (
        <Delayed><div aria-hidden="true" className="h-24 border-b border-line p-4"><span className="skeleton w-40" /></div></Delayed>
      ) : (
        <>
          <div className="grid flex-none grid-cols-2 border-b border-line md:grid-cols-5">
            <Cell label={t('today.answers')} value={answers.data.total} tone={waiting > 0 ? 'text-bad' : ''}>{waiting > 0 && count('today.answers_late', waiting)}</Cell>
            <Cell label={t('today.tasks_late')} value={late} tone={late > 0 ? 'text-bad' : ''}>{t('today.of_all', { n: total })}</Cell>
            <Cell label={t('today.tasks_today')} value={shown.filter((task) => whenOf(task, now, zone) === 'today').length} />
            <Cell label={t('today.contacts')} value={day.data.contacts_today}>
              {t('today.contacts_week', { n: Object.values(day.data.contacts_week).reduce((sum, n) => sum + n, 0) })}
            </Cell>
            <Cell label={t('today.streak')} value={day.data.streak}>{t('today.streak_more')}</Cell>
          </div>
          <div className="grid flex-1 content-start md:grid-cols-2 md:content-stretch">
            <Column
              id="answers" empty={leads.length === 0} none={t('today.answers_done')} sub={leads.length > 0 ? t('today.answers_sub') : undefined}
              title={waiting > 0 ? count('today.answers_late', waiting) : leads.length > 0 ? count('today.answers_some', answers.data.total) : t('today.answers_none')}
            >
              {leads.map((lead) => <LeadLine key={lead.id} lead={lead} now={now} current={cursor === lead.id} />)}
            </Column>
            <Column
              id="work" empty={shown.length === 0} none={t('today.work_done')}
              title={late > 0 ? count('today.work_late', late) : shown.length > 0 ? count('today.work_some', total) : t('today.work_none')}
            >
              {shown.map((task) => <TaskRow key={task.id} task={task} zone={zone} now={now} current={cursor === task.id} onTick={() => void tickTask(task)} />)}
            </Column>
          </div>
        </>
      )}
    </div>
  );
}
