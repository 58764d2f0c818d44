// What happened to the lead, newest first.
import {
  ArrowRight, Calendar, CircleDot, Inbox, ListTodo, Mail, MapPin, MessageSquare, Pencil, Phone, StickyNote, TrendingDown,
  TrendingUp, Waypoints, type LucideIcon,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';

import type { ActivityRow, LeadDetail, ScoreHistoryRow } from '../../api/rows';
import { stageName } from '../../lib/en';
import { lookup, t } from '../../lib/en-leads';
import { Time } from '../../ui/time';
import { type Names } from './lead-parts';
import { LeadRouting } from './lead-routing';
import type { Timeline } from './queries';
import { factName, factWords } from './fact-words';
import { belongsTo, type Entry, type ShownKind, shownKinds, story } from './timeline-model';

const icons: Record<string, LucideIcon> = {
  call: Phone, email: Mail, meeting: Calendar, visit: MapPin, message: MessageSquare, note: StickyNote,
  task: ListTodo, status_change: ArrowRight, intake: Inbox, system: CircleDot,
};

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The status of the lead, or the stage of its deal. */
function statusTitle({ deal, from, to, outcome }: ActivityRow['data'], name: string): string {
  const words = { name, from: stageName(from), to: stageName(to) };
  if (deal === undefined) return t('timeline.status', words);
  if (outcome === 'won' || outcome === 'lost') return t(`timeline.deal_${outcome}`, { name });
  return from === undefined ? t('timeline.deal_opened', words) : t('timeline.deal', words);
}

function activityTitle(row: ActivityRow, who: string, lead: LeadDetail): string {
  switch (row.kind) {
    case 'intake': return t('timeline.arrived', { channel: t(`channel.${lead.channel}`) });
    case 'status_change':
      return statusTitle(row.data, who);
    case 'call': case 'email': case 'meeting': case 'visit': case 'message': case 'note': case 'task':
      return t(`timeline.${row.kind}`, { name: who });
    default: return row.subject ?? t('timeline.system');
  }
}

function scoreTitle({ score, previous_score }: ScoreHistoryRow): string {
  const before = previous_score ?? score;
  return t(score >= before ? 'timeline.score_rose' : 'timeline.score_fell', { from: before, to: score });
}

function Line({ Icon, title, at, children }: { Icon: LucideIcon; title: string; at: string; children?: ReactNode }) {
  return (
    <li className="relative grid grid-cols-[24px_minmax(0,1fr)] gap-x-2 py-1.5 before:absolute before:top-7 before:-bottom-1 before:left-[11.5px] before:w-px before:bg-line last:before:hidden">
      <span className="grid h-5 w-6 place-items-center">
        <Icon aria-hidden="true" className="size-3.5 stroke-[1.5] text-ink-3" />
      </span>
      <div>
        <p className="flex gap-3 text-ink-2">
          <span className="min-w-0 flex-1 font-medium text-ink">{title}</span>
          <Time at={at} as="stamp" className="flex-none text-12 text-ink-3" />
        </p>
        {children}
      </div>
    </li>
  );
}

interface LeadTimelineProps {
  lead: LeadDetail;
  timeline: Timeline;
  names: Names;
}

export function LeadTimeline({ lead, timeline, names }: LeadTimelineProps) {
  const nameOf = (id: string | null) =>
    id === null ? t('app.system') : (names.people.get(id)?.full_name ?? t('app.somebody'));
  const line = (entry: Entry) => {
    if (entry.kind === 'score') {
      const fell = entry.row.previous_score !== null && entry.row.score < entry.row.previous_score;
      return <Line key={entry.id} Icon={fell ? TrendingDown : TrendingUp} title={scoreTitle(entry.row)} at={entry.at} />;
    }
    if (entry.kind === 'assignment') {
      const { profile_id: to } = entry.row;
      const title = to === null ? t('timeline.queued') : t('timeline.assigned', { name: nameOf(to) });
      return (
        <Line key={entry.id} Icon={Waypoints} title={title} at={entry.at}>
          <LeadRouting assignment={entry.row} lead={lead} names={names} />
        </Line>
      );
    }
    if (entry.kind === 'change') {
      const { row, facts } = entry;
      const title = t('timeline.changed', { name: nameOf(row.actor_id), facts: facts.map(factName).join(', ').toLowerCase() });
      return (
        <Line key={entry.id} Icon={Pencil} title={title} at={entry.at}>
          {facts.map((fact) => {
            const [before, after] = row.changed[fact] ?? [];
            const words = { fact: factName(fact), before: factWords(fact, before, lead.currency), after: factWords(fact, after, lead.currency) };
            return <p key={fact} className="mt-px max-w-[66ch] break-words text-ink-2">{t('timeline.from_to', words)}</p>;
          })}
        </Line>
      );
    }
    const { row } = entry;
    const reason = word(row.data['reason']);
    return (
      <Line key={entry.id} Icon={icons[row.kind] ?? CircleDot} title={activityTitle(row, nameOf(row.actor_id), lead)} at={entry.at}>
        {row.kind === 'intake' && typeof row.data['score'] === 'number' && (
          <p className="text-ink-2">{t('timeline.scored', { score: row.data['score'] })}</p>
        )}
        {reason !== '' && <p className="text-ink-2">{lookup('why', reason)}</p>}
        {row.kind !== 'system' && row.kind !== 'intake' && row.subject && <p className="mt-px max-w-[66ch] text-ink-2">{row.subject}</p>}
        {row.body && <p className="mt-px max-w-[66ch] whitespace-pre-wrap text-ink-2">{row.body}</p>}
      </Line>
    );
  };
  const [shown, setShown] = useState<ShownKind>('all');
  const all = story(timeline);
  const entries = all.filter((entry) => belongsTo(entry, shown));
  return (
    <section aria-labelledby="timeline-title">
      <div className="flex items-center gap-3 px-5 pt-2 pb-0.5">
        <h2 id="timeline-title">{t('timeline.title')}</h2>
        <div role="group" aria-label={t('timeline.show')} className="flex">
          {shownKinds.map((kind) => (
            <button
              key={kind} type="button" aria-pressed={kind === shown} onClick={() => setShown(kind)}
              className={`h-7 rounded-m px-2 text-12 max-md:h-11 ${kind === shown ? 'font-semibold text-ink' : 'text-ink-2 hover:bg-hover'}`}
            >
              {t(`timeline.show_${kind}`)}
            </button>
          ))}
        </div>
      </div>
      {entries.length === 0
        ? <p className="px-5 py-3 text-ink-2">{t(all.length === 0 ? 'timeline.empty' : 'timeline.nothing_here')}</p>
        : <ol className="px-5 pt-0.5 pb-4">{entries.map(line)}</ol>}
    </section>
  );
}
