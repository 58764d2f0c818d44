// The further widgets that are lists: the newest, the queue, one's tasks, and who leads.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { LeadRow, PersonRow, TerritoryNode } from '../../api/rows';
import { bandOf, openStatuses } from '../../lib/domain';
import { count, t } from '../../lib/en-widgets';
import { shortFigure } from '../../lib/money';
import { ago, dayOf } from '../../lib/time';
import { Avatar, Nobody } from '../../ui/avatar';
import { bandInk } from '../../ui/score-bar';
import { ChartWidget } from './chart-widget';
import type { Behind } from './chart-parts';
import { Widget } from './widget';
import type { Leader, Listed, TaskRow } from './widget-queries';

const line = 'grid min-h-9 items-center gap-2.5 border-b border-line hover:bg-hover max-md:min-h-11';
const list = 'mt-1 min-h-0 flex-1 overflow-auto';
const all = (to: Behind) => <Link to="/leads" search={to} className="text-12 font-medium text-sea">{t('w.all')}</Link>;

interface LeadListProps {
  which: 'recent' | 'queue';
  found: Listed<LeadRow>;
  territory: number | undefined;
  people: Map<string, PersonRow>;
  nodes: Map<number, TerritoryNode>;
  now: Date;
}

export function LeadList({ which, found: { rows, total }, territory, people, nodes, now }: LeadListProps) {
  const queue = which === 'queue';
  const title = queue ? (total === 0 ? t('w.queue_none') : count('w.queue', total)) : total === 0 ? t('w.recent_none') : t('w.recent');
  const behind: Behind & { sort: 'newest' | 'oldest' } = { status: [...openStatuses], territory, sort: queue ? 'oldest' : 'newest', ...(queue && { owner: 'none' }) };
  return (
    <Widget id={which} title={title} sub={total === 0 ? undefined : queue ? t('w.queue_sub') : t('w.recent_sub', { n: total })} action={total > 0 && all(behind)}>
      <ul className={list}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/leads/$id" params={{ id: row.id }} className={`${line} grid-cols-[26px_minmax(0,1fr)_auto_22px_62px]`}>
              <span className={`tabular font-semibold ${row.lead_score === null ? 'text-ink-3' : bandInk[bandOf(row.lead_score)]}`}>{row.lead_score ?? '–'}</span>
              <span className="truncate font-medium">{row.business_name}</span>
              <span className="truncate text-ink-3">{nodes.get(row.territory_id)?.name}</span>
              {row.owner_id === null ? <Nobody label={t('app.nobody')} /> : <Avatar id={row.owner_id} name={people.get(row.owner_id)?.full_name ?? t('app.somebody')} size="s" />}
              <span className="text-right text-ink-3">{ago(new Date(row.created_at), now)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Widget>
  );
}

export function Tasks({ found: { rows, total }, now }: { found: Listed<TaskRow>; now: Date }) {
  const isLate = ({ due_at: due }: TaskRow) => due !== null && Date.parse(due) < now.getTime();
  const late = rows.filter(isLate).length;
  const title = total === 0 ? t('w.tasks_none') : late > 0 ? count('w.tasks_late', total, { late: String(late) }) : count('w.tasks', total);
  return (
    <Widget id="tasks" title={title} sub={total === 0 ? undefined : t('w.tasks_sub')}>
      {total === 0 && <p className="mt-2 text-ink-2">{t('w.tasks_more')}</p>}
      <ul className={list}>
        {rows.map((task) => (
          <li key={task.id}>
            <Link to="/leads/$id" params={{ id: task.submission_id ?? '' }} disabled={task.submission_id === null} className={`${line} grid-cols-[minmax(0,1fr)_auto]`}>
              <span className="truncate"><span className="font-medium">{task.subject}</span> <span className="text-ink-3">{task.submissions?.business_name}</span></span>
              <span className={isLate(task) ? 'text-bad' : 'text-ink-2'}>{task.due_at === null ? t('w.no_day') : dayOf(new Date(task.due_at), now)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Widget>
  );
}

export function Leaders({ rows, people, month }: { rows: readonly Leader[]; people: Map<string, PersonRow>; month: string }) {
  const most = Math.max(1, ...rows.map((row) => row.won_usd));
  const nameOf = (row: Leader) => (row.profile_id === null ? t('w.colleague') : (people.get(row.profile_id)?.full_name ?? t('app.somebody')));
  const usd = (amount: number): ReactNode => {
    const { figure, unit } = shortFigure(amount);
    return `${figure}${unit === '' ? '' : ` ${unit}`}`;
  };
  const rate = ({ won, closed }: Leader) => (closed < 10 ? t('w.few') : `${Math.round((won / closed) * 100)}%`);
  return (
    <ChartWidget
      id="leaders" title={rows.length === 0 ? t('w.leaders_none', { month }) : t('w.leaders', { month })} sub={rows.length === 0 ? undefined : t('w.leaders_sub')}
      heads={[t('w.rep'), t('w.usd'), t('w.won'), t('w.closed')]} rows={rows.map((row) => [nameOf(row), row.won_usd, row.won, row.closed])}
    >
      <ol className={list}>
        {rows.map((row, at) => (
          <li key={row.profile_id ?? at}>
            <Link
              to="/pipeline" search={{ view: 'table', state: 'closed', ...(row.profile_id !== null && { owner: row.profile_id }) }}
              className={`${line} grid-cols-[12px_20px_minmax(84px,1fr)_minmax(0,18%)_52px_50px_38px] ${row.is_me ? 'font-semibold' : ''}`}
            >
              <span className="tabular text-ink-3">{row.rank}</span>
              {row.profile_id === null ? <Nobody label={t('w.colleague')} /> : <Avatar id={row.profile_id} name={nameOf(row)} size="s" />}
              <span className="truncate">{nameOf(row)}</span>
              <span aria-hidden="true"><span className="block h-1.5 bg-c1" style={{ width: `${(row.won_usd / most) * 100}%` }} /></span>
              <b className="tabular text-right font-semibold">{usd(row.won_usd)}</b>
              <span className="tabular text-right text-ink-2">{t('w.won_of', { won: row.won, n: row.closed })}</span>
              <span className="text-right text-12 text-ink-3">{rate(row)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </ChartWidget>
  );
}
