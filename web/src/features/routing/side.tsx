// Beside the rules: who can be given leads, and what was changed.
import { useQuery } from '@tanstack/react-query';

import { lookup, t } from '../../lib/en-routing';
import { dayMonth } from '../../lib/time';
import { Avatar } from '../../ui/avatar';
import { Time } from '../../ui/time';
import { useNow } from '../../ui/use-now';
import { type Desk, pastQuery, type PastChange, type Rep } from './queries';
import { listed } from './words';

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function dayNames(numbers: readonly number[]): string {
  const [first = 1, ...rest] = [...numbers].sort((a, b) => a - b);
  const last = rest.at(-1) ?? first;
  const whole = last - first === numbers.length - 1 && numbers.length > 2;
  return whole ? `${days[first - 1] ?? ''}–${days[last - 1] ?? ''}` : numbers.map((day) => days[day - 1]).join(', ');
}

function presence(rep: Rep, now: Date): string[] {
  const { away } = rep;
  const full = rep.load >= rep.capacity;
  return [
    ...(full ? [t('people.full')] : []),
    ...(away ? [new Date(away.starts_at) <= now ? t('people.away', { day: dayMonth(new Date(away.ends_at)) }) : t('people.away_from', { day: dayMonth(new Date(away.starts_at)) })] : []),
    ...(rep.at_work === null ? [] : [t(rep.at_work ? 'people.at_work' : 'people.off')]),
  ];
}

function Person({ rep }: { rep: Rep }) {
  const now = useNow();
  const out = rep.load >= rep.capacity || rep.absent;
  const share = rep.capacity > 0 ? Math.min(1, rep.load / rep.capacity) : 1;
  const hours = rep.work_days && rep.work_start && rep.work_end
    ? t('people.hours', { days: dayNames(rep.work_days), from: rep.work_start, to: rep.work_end }) : t('people.territory_hours');
  return (
    <li className="grid grid-cols-[22px_minmax(0,1fr)_auto] gap-x-2.5 border-t border-line py-2 first:border-t-0">
      <Avatar id={rep.id} name={rep.name} size="s" />
      <div className="min-w-0">
        <p className="flex flex-wrap gap-x-2">
          <span className={out ? 'text-ink-3' : 'font-medium'}>{rep.name}</span>
          <span className={out ? 'text-bad' : 'text-ink-2'}>{presence(rep, now).join(', ')}</span>
        </p>
        <p className="text-12 text-ink-2">
          {listed([...rep.languages, ...rep.specialities].map((word) => lookup('word', word)), 'and')}. {hours}.{' '}
          {rep.closed > 0 ? t('people.won', { won: rep.won, closed: rep.closed }) : t('people.no_deals')}.
        </p>
      </div>
      <div className="w-24 text-right">
        <p className="tabular">{t('people.load', { n: rep.load, all: rep.capacity })}</p>
        <div aria-hidden="true" className="mt-1 h-1.5 bg-line">
          <div className={share >= 1 ? 'h-full bg-bad' : 'h-full bg-ink-3'} style={{ width: `${share * 100}%` }} />
        </div>
      </div>
    </li>
  );
}

function SettingsLine({ settings }: { settings: NonNullable<Desk['settings']> }) {
  return (
    <p className="pt-1 pb-2 text-ink-2">
      {t('settings.usual', { strategy: t(`order.${settings.strategy}`) })} {t(settings.allow_neighbours ? 'settings.neighbours' : 'settings.no_neighbours')}{' '}
      {t(settings.hold_outside_hours ? 'settings.hold' : 'settings.no_hold')}{' '}
      {settings.specialist_types.length > 0 && t('settings.specialists', { list: listed(settings.specialist_types.map((one) => lookup('word', one)), 'and') })}
    </p>
  );
}

export function People({ desk }: { desk: Desk }) {
  return (
    <section aria-labelledby="people-title" className="px-5 pt-4">
      <h2 id="people-title">{t('people.title')}</h2>
      {desk.settings && <SettingsLine settings={desk.settings} />}
      {desk.people.length === 0 ? <p className="py-2 text-ink-2">{t('people.none')}</p> : <ul>{desk.people.map((rep) => <Person key={rep.id} rep={rep} />)}</ul>}
    </section>
  );
}

function pastWords({ op, actor, rule, changed }: PastChange): string {
  const who = actor ?? t('past.somebody');
  const name = rule ?? '';
  if (op !== 'update') return t(`past.${op}`, { who, rule: name });
  const what = Object.entries(changed ?? {}).map(([field, [before, after]]) => {
    if (field === 'priority') return t('past.field_priority', { from: Number(before), to: Number(after) });
    if (field === 'enabled') return t(after === true ? 'past.field_on' : 'past.field_off');
    return lookup('past', `field_${field}`);
  });
  return t('past.update', { who, rule: name, what: listed(what, 'and') });
}

export function Past({ territory }: { territory: number | null }) {
  const past = useQuery(pastQuery(territory)).data;
  if (!past) return null;
  return (
    <section aria-labelledby="past-title" className="px-5 pt-5 pb-6">
      <h2 id="past-title">{t('past.title')}</h2>
      {past.length === 0 && <p className="py-2 text-ink-2">{t('past.none')}</p>}
      <ol>
        {past.map((change, i) => (
          <li key={`${change.at}${i}`} className="flex gap-3 border-t border-line py-1.5 first:border-t-0">
            <span className="min-w-0 flex-1">{pastWords(change)}</span>
            <Time at={change.at} as="stamp" className="flex-none text-12 text-ink-3" />
          </li>
        ))}
      </ol>
    </section>
  );
}
