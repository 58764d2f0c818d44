// The people of a territory: who has room, what they hold, how fast they answer, what they won. Each figure opens its list.
import { Link } from '@tanstack/react-router';

import type { PersonRow } from '../../api/rows';
import { openStatuses } from '../../lib/domain';
import { count, t } from '../../lib/en-territory';
import { shortFigure } from '../../lib/money';
import { Avatar } from '../../ui/avatar';
import { isFull } from './territory-model';
import type { Member } from './territory-queries';
import { dataCell, figure, Figures, type Head, lookOf, row } from './territory-table';
import { Widget } from './widget';

const usd = (amount: number): string => {
  const short = shortFigure(amount);
  return short.unit === '' ? short.figure : `${short.figure} ${short.unit}`;
};

function Load({ member }: { member: Member }) {
  const { capacity, load, away } = member;
  if (capacity === null || load === null) return <span className="text-ink-3">–</span>;
  const full = isFull(member);
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-16 flex-none bg-line max-md:hidden">
        <span className={`block h-full ${full ? 'bg-bad' : 'bg-c1'}`} style={{ width: `${Math.min(100, capacity === 0 ? 100 : (load / capacity) * 100)}%` }} />
      </span>
      <Link to="/routing" className={`${figure} ${full ? 'font-medium text-bad' : ''}`}>{t('terr.load_of', { load, capacity })}</Link>
      {full && <span className="text-12 text-bad max-md:hidden">{t('terr.full')}</span>}
      {away && <span className="text-12 text-warn">{t('terr.away')}</span>}
    </span>
  );
}

interface TeamProps {
  members: readonly Member[];
  people: Map<string, PersonRow>;
  now: Date;
}

export function Team({ members, people, now }: TeamProps) {
  const month = now.toLocaleString('en', { month: 'long' });
  const heads: Head[] = [
    { id: 'rep', name: t('terr.rep'), words: true }, { id: 'load', name: t('terr.load'), words: true },
    { id: 'open', name: t('terr.open') }, { id: 'hot', name: t('terr.hot'), hide: 'phone' }, { id: 'late', name: t('terr.late') },
    { id: 'sla', name: t('terr.sla'), hide: 'tablet' }, { id: 'deals', name: t('terr.deals'), hide: 'phone' }, { id: 'pipe', name: t('terr.pipeline'), hide: 'tablet' },
    { id: 'closed', name: t('terr.won'), hide: 'phone' }, { id: 'won', name: t('terr.won_usd'), hide: 'phone' },
  ];
  const nameOf = ({ profile_id: id }: Member) => people.get(id)?.full_name ?? t('app.somebody');
  const full = members.filter(isFull).length;
  const best = members[0];
  const title = full > 0 ? count('terr.team_full', full) : best && best.won > 0 ? t('terr.team_best', { name: nameOf(best), month }) : t('terr.team');
  return (
    <Widget id="team" title={title} sub={t('terr.team_sub')} className="overflow-x-auto">
      {members.length === 0 ? <p className="mt-2 text-ink-2">{t('terr.team_none')}</p> : (
        <Figures label={t('terr.team')} heads={heads}>
          {members.map((one) => {
            const name = nameOf(one);
            const leads = { owner: one.profile_id, status: [...openStatuses] };
            const deals = { view: 'table' as const, owner: one.profile_id };
            const cells = {
              load: <Load member={one} />,
              open: <Link to="/leads" search={leads} className={figure} aria-label={t('terr.leads_of', { name, n: one.open_leads })}>{one.open_leads}</Link>,
              hot: <Link to="/leads" search={{ ...leads, band: ['hot'] }} className={figure} aria-label={t('terr.hot_of', { name, n: one.hot_leads })}>{one.hot_leads}</Link>,
              late: <Link to="/leads" search={{ ...leads, fact: 'due.late' }} className={`${figure} ${one.late > 0 ? 'font-medium text-bad' : ''}`} aria-label={t('terr.late_of', { name, n: one.late })}>{one.late}</Link>,
              sla: one.due === 0 ? '–' : t('terr.sla_of', { percent: Math.round((one.in_time / one.due) * 100), due: one.due }),
              deals: <Link to="/pipeline" search={deals} className={figure} aria-label={t('terr.deals_of', { name, n: one.deals })}>{one.deals}</Link>,
              pipe: usd(one.pipeline_usd),
              closed: (
                <Link to="/pipeline" search={{ ...deals, state: 'closed' }} className={figure} aria-label={t('terr.closed_of', { name, won: one.won, closed: one.closed })}>
                  {t('terr.won_of', { won: one.won, closed: one.closed })}
                </Link>
              ),
              won: <b className="font-semibold">{usd(one.won_usd)}</b>,
            };
            return (
              <tr key={one.profile_id} data-member={one.profile_id} className={row}>
                <th scope="row" className="max-w-0 w-full text-left font-medium">
                  <span className="flex items-center gap-2"><Avatar id={one.profile_id} name={name} size="s" /><span className="truncate">{name}</span></span>
                </th>
                {heads.slice(1).map((head) => <td key={head.id} data-of={head.id} className={`tabular ${dataCell} ${lookOf(head)}`}>{cells[head.id as keyof typeof cells]}</td>)}
              </tr>
            );
          })}
        </Figures>
      )}
    </Widget>
  );
}
