// The newest notices: a flare dot tells what is unread; opening one reads it.
import { useQuery } from '@tanstack/react-query';
import { Check, CircleDot, Clock, Flame, Handshake, Inbox, MessageSquare, TrendingUp, Trophy, UserCheck, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import { ApiError } from '../../api/errors';
import type { NoticeRow, PersonRow } from '../../api/rows';
import { count, t } from '../../lib/en-frame';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';
import { Time } from '../../ui/time';
import { useMarkAllRead, useMarkRead } from './mutations';
import { noticesQuery } from './queries';
import { leadOf, sentenceOf } from './words';

const icons: Record<string, LucideIcon> = {
  lead_assigned: UserCheck, lead_unassigned: Inbox, lead_returned: Inbox, lead_transferred: Inbox, hot_lead: Flame,
  score_changed: TrendingUp, contacted_again: MessageSquare, deal_stage_changed: Handshake, deal_won: Trophy,
  mentioned: MessageSquare, task_due: Clock, nurture_over: Clock, first_contact_soon: Clock, first_contact_late: Clock,
};

interface LineProps {
  notice: NoticeRow;
  people: Map<string, PersonRow>;
  onOpen: (lead: string) => void;
}

export function NoticeLine({ notice, people, onOpen }: LineProps) {
  const mark = useMarkRead();
  const unread = notice.read_at === null;
  const lead = leadOf(notice);
  const { before, name, after } = sentenceOf(notice);
  const Icon = icons[notice.type] ?? CircleDot;
  const who = typeof notice.params['who_id'] === 'string' ? notice.params['who_id'] : null;
  const words = (
    <>
      {unread && <span className="sr-only">{t('notices.is_unread')}: </span>}
      {before}<b className="font-semibold text-ink">{name}</b>{after}
    </>
  );
  const late = notice.type === 'first_contact_late';
  return (
    <li className="group relative grid grid-cols-[22px_minmax(0,1fr)_auto] gap-x-2.5 border-t border-line px-4 py-2.5 first:border-0">
      {unread && <span aria-hidden="true" className="absolute top-[17px] left-1.5 size-[5px] rounded-full bg-flare" />}
      {who === null
        ? <Icon aria-hidden="true" className={`mt-px size-4 stroke-[1.5] ${late ? 'text-bad' : 'text-ink-3'}`} />
        : <Avatar id={who} name={people.get(who)?.full_name ?? t('app.somebody')} size="s" />}
      <div className={`min-w-0 ${unread ? 'text-ink' : 'text-ink-2'}`}>
        {lead === null ? <p>{words}</p> : (
          <button
            type="button" className="text-left after:absolute after:inset-0 hover:underline"
            onClick={() => {
              if (unread) mark.mutate(notice.id);
              onOpen(lead);
            }}
          >
            {words}
          </button>
        )}
        {typeof notice.params['reason'] === 'string' && <p className="mt-0.5 line-clamp-2 text-12 text-ink-3">{notice.params['reason']}</p>}
      </div>
      <span className="flex items-start gap-1 text-12 text-ink-3">
        {unread && (
          <button
            type="button" aria-label={t('notices.mark')} title={t('notices.mark')} onClick={() => mark.mutate(notice.id)}
            className="relative z-1 -mt-[3px] grid size-6 place-items-center rounded-s opacity-0 group-hover:opacity-100 hover:bg-hover focus-visible:opacity-100 max-md:opacity-100"
          >
            <Check aria-hidden="true" className="size-3.5 stroke-[1.5]" />
          </button>
        )}
        <Time at={notice.created_at} as="stamp" />
      </span>
    </li>
  );
}

interface NoticeListProps {
  people: Map<string, PersonRow>;
  onOpen: (lead: string) => void;
  foot?: ReactNode;
}

export function NoticeList({ people, onOpen, foot }: NoticeListProps) {
  const { data, error, refetch } = useQuery(noticesQuery);
  const readAll = useMarkAllRead();
  const unread = data?.filter((notice) => notice.read_at === null) ?? [];
  const newest = data?.[0]?.created_at;
  return (
    <section aria-labelledby="notices-title" className="flex max-h-[min(560px,75dvh)] flex-col">
      <div className="flex h-11 flex-none items-center gap-2 border-b border-line px-4">
        <h2 id="notices-title">{t('notices.title')}</h2>
        {data && <p className="text-ink-3">{unread.length > 0 ? count('notices.unread', unread.length) : t('notices.all_read')}</p>}
        <span className="flex-1" />
        {unread.length > 0 && newest !== undefined && (
          <Button look="quiet" className="-mr-2" onClick={() => readAll.mutate(newest)}>{t('notices.mark_all')}</Button>
        )}
      </div>
      {error && !data && (
        <Failed
          title={t('notices.load_failed')} requestLabel={t('app.request')}
          requestId={error instanceof ApiError ? error.requestId : null}
          actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
        >
          {error.message}
        </Failed>
      )}
      {data?.length === 0 && <p className="px-4 py-6 text-ink-2">{t('notices.empty')}</p>}
      {!data && !error && <div aria-hidden="true" className="grid gap-4 p-4">{[220, 260, 180].map((width) => <span key={width} className="skeleton" style={{ width }} />)}</div>}
      {data && data.length > 0 && (
        <ul aria-label={t('notices.title')} className="min-h-0 overflow-auto" tabIndex={0}>
          {data.map((notice) => <NoticeLine key={notice.id} notice={notice} people={people} onOpen={onOpen} />)}
        </ul>
      )}
      {foot}
    </section>
  );
}
