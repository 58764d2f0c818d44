// The further widgets that are charts. Each number leads to the list behind it where such a list can be named.
import { useState } from 'react';

import type { TerritoryNode } from '../../api/rows';
import { type Band, bandOf, countryOf, openStatuses, type Status } from '../../lib/domain';
import { count, t, wordOf } from '../../lib/en-widgets';
import { isoWeek } from '../../lib/time';
import { locale } from '../../lib/language';
import { Bars, type Bar, type Behind, Columns, Tiles, WeekGrid } from './chart-parts';
import { ChartWidget } from './chart-widget';
import { conversionDays, type Conversion, type Counted, type PlaceWeek, type Velocity, type Waiting, weeksShown } from './widget-queries';
import { mapTiles, weekRows } from './widget-model';

type Territory = number | undefined;
const open: Status[] = [...openStatuses];
const percent = (part: number, all: number): number => (all === 0 ? 0 : Math.round((part / all) * 100));
const sum = (counts: readonly Counted[]): number => counts.reduce((all, { leads }) => all + leads, 0);
const fills: Record<Band, string> = { hot: 'var(--hot)', warm: 'var(--warm)', cool: 'var(--cool)', cold: 'var(--cold)' };

/** Counts of one fact as a table: what, how many, and the share. */
const sharesOf = (bars: readonly Bar[], all: number) => bars.map(({ name, value }) => [name, value, `${percent(value, all)}%`] as const);

export function Scores({ counts, territory }: { counts: readonly Counted[]; territory: Territory }) {
  const of = (key: string) => counts.find((one) => one.key === key)?.leads ?? 0;
  const all = sum(counts);
  const tens = Array.from({ length: 10 }, (_, i) => i * 10);
  const warm = tens.filter((from) => from >= 60).reduce((total, from) => total + of(String(from)), 0);
  const bars: Bar[] = tens.map((from) => ({
    key: String(from), label: from, name: `${from}–${from === 90 ? 100 : from + 9}`, value: of(String(from)), shown: of(String(from)).toLocaleString(locale()),
    fill: fills[bandOf(from)], to: { status: open, territory, fact: `score.${from}` },
  }));
  if (of('none') > 0) bars.push({ key: 'none', label: '–', name: t('w.unscored'), value: of('none'), shown: String(of('none')), fill: 'var(--line-strong)', to: { status: open, territory, fact: 'score.none' } });
  return (
    <ChartWidget
      id="scores" title={all < 10 ? t('w.score') : t('w.score_found', { percent: percent(warm, all) })} sub={`${all.toLocaleString(locale())} ${t('w.open_leads')}`}
      heads={[t('w.score_col'), t('w.leads'), t('w.share')]} rows={all === 0 ? [] : sharesOf(bars, all)}
    >
      <Columns bars={bars} unit={t('w.score_col')} />
    </ChartWidget>
  );
}

export function Interest({ counts, territory }: { counts: readonly Counted[]; territory: Territory }) {
  const of = (level: number) => counts.find(({ key }) => key === String(level))?.leads ?? 0;
  const all = sum(counts);
  const levels = Array.from({ length: 10 }, (_, i) => i + 1);
  const half = levels.find((level) => levels.filter((one) => one <= level).reduce((total, one) => total + of(one), 0) * 2 >= all) ?? 10;
  const bars = levels.map((level): Bar => ({
    key: String(level), label: level, name: String(level), value: of(level), shown: of(level).toLocaleString(locale()),
    to: { status: open, territory, fact: `interest_level.${level}` },
  }));
  return (
    <ChartWidget
      id="interest" title={all < 10 ? t('w.interest') : t('w.interest_found', { n: half })} sub={`${all.toLocaleString(locale())} ${t('w.open_leads')}`}
      heads={[t('w.level'), t('w.leads'), t('w.share')]} rows={all === 0 ? [] : sharesOf(bars, all)}
    >
      <Columns bars={bars} unit={t('w.level')} />
    </ChartWidget>
  );
}

export function Parts({ by, counts, territory }: { by: 'channel' | 'business_type'; counts: readonly Counted[]; territory: Territory }) {
  const all = sum(counts);
  const bars = [...counts].sort((a, b) => b.leads - a.leads).map(({ key, leads }): Bar => {
    const name = wordOf(by === 'channel' ? 'channel' : 'type', key);
    return {
      key, label: name, name, value: leads, shown: leads.toLocaleString(locale()), more: `${percent(leads, all)}%`, few: leads < 10,
      to: { status: open, territory, fact: `${by}.${key}` },
    };
  });
  const [first] = bars;
  const found = !first || all < 10 ? undefined : (by === 'channel'
    ? t('w.source_found', { percent: percent(first.value, all), what: first.name.toLowerCase() }) : t('w.kinds_found', { what: first.name }));
  return (
    <ChartWidget
      id={by} title={found ?? t(by === 'channel' ? 'w.source' : 'w.kinds')} sub={`${all.toLocaleString(locale())} ${t('w.open_leads')}`}
      heads={[t(by === 'channel' ? 'w.source_col' : 'w.kind_col'), t('w.leads'), t('w.share')]} rows={sharesOf(bars, all)}
    >
      <Bars bars={bars} />
    </ChartWidget>
  );
}

const groups = ['channel', 'business_type', 'band', 'month'] as const;
export type Group = (typeof groups)[number];

export function ConversionChart({ rows, by, onBy, territory }: { rows: readonly Conversion[]; by: Group; onBy: (by: Group) => void; territory: Territory }) {
  const decided = rows.reduce((all, { won, lost }) => all + won + lost, 0);
  const won = rows.reduce((all, one) => all + one.won, 0);
  const kind = by === 'business_type' ? 'type' : by === 'month' ? 'stage' : by;
  const behind = (key: string): Behind | undefined => (by === 'month' || by === 'band' ? undefined
    : { status: ['converted'], days: conversionDays, territory, fact: `${by}.${key}` });
  const bars = rows.map((row): Bar => {
    const n = row.won + row.lost;
    const name = wordOf(kind, row.key);
    return {
      key: row.key, label: name, name, value: percent(row.won, n), shown: n === 0 ? '–' : `${percent(row.won, n)}%`, few: n < 10, fill: 'var(--c1)',
      more: n === 0 ? undefined : <>{t('w.won_of', { won: row.won, n })}{n < 10 && `, ${t('w.few')}`}</>, to: behind(row.key),
    };
  });
  return (
    <ChartWidget
      id="conversion" title={decided < 10 ? t('w.conversion') : t('w.conversion_found', { percent: percent(won, decided) })} sub={t('w.conversion_sub')}
      heads={[t(`w.by_${by}`), t('w.leads'), t('w.open'), t('w.won'), t('w.lost'), t('w.rate')]}
      rows={rows.map((row) => [wordOf(kind, row.key), row.leads, row.open, row.won, row.lost, row.won + row.lost === 0 ? null : `${percent(row.won, row.won + row.lost)}%`])}
      tools={
        <select
          aria-label={t('w.by')} value={by} onChange={(event) => onBy(groups.find((one) => one === event.target.value) ?? 'channel')}
          className="h-7 rounded-m border border-transparent bg-surface px-1 text-12 font-medium text-ink-2 hover:bg-hover max-md:h-11"
        >
          {groups.map((one) => <option key={one} value={one}>{t(`w.by_${one}`)}</option>)}
        </select>
      }
    >
      <Bars bars={bars} />
    </ChartWidget>
  );
}

export function VelocityChart({ rows }: { rows: readonly Velocity[] }) {
  const cycle = rows.find(({ stage }) => stage === 'cycle');
  const name = (stage: Velocity['stage']) => (stage === 'cycle' ? t('w.cycle') : wordOf('stage', stage));
  const bars = rows.map(({ stage, n, median_days: days }): Bar => ({
    key: stage, label: name(stage), name: name(stage), value: days ?? 0, shown: days === null ? '–' : days.toLocaleString(locale()), few: n < 10,
    fill: stage === 'cycle' ? 'var(--sea)' : 'var(--d4)', more: n < 10 ? t('w.few') : n,
  }));
  return (
    <ChartWidget
      id="velocity" title={cycle?.median_days == null || cycle.n < 10 ? t('w.velocity') : t('w.velocity_found', { days: Math.round(cycle.median_days) })} sub={t('w.velocity_sub')}
      heads={[t('w.stage'), t('w.days'), t('w.slow'), t('w.n')]} rows={rows.some(({ n }) => n > 0) ? rows.map((row) => [name(row.stage), row.median_days, row.slow_days, row.n]) : []}
    >
      <Bars bars={bars} />
    </ChartWidget>
  );
}

export function Weeks({ counts, nodes, now }: { counts: readonly PlaceWeek[]; nodes: readonly TerritoryNode[]; now: Date }) {
  const { weeks, rows, grows } = weekRows(counts, nodes, now, weeksShown);
  const named = rows.map(({ key, name, others, ...row }) => ({ ...row, key, name: others === 0 ? name : t('w.others', { n: others }), several: others > 0 }));
  const heads = weeks.map((week) => String(isoWeek(new Date(`${week}T12:00:00`))));
  return (
    <ChartWidget
      id="weeks" title={grows === null ? t('w.weeks') : t('w.weeks_found', { place: grows })} sub={t('w.weeks_sub')}
      heads={[t('w.place'), ...heads.map((n) => t('w.week', { n }))]} rows={named.map(({ name, cells }) => [name, ...cells])}
    >
      <WeekGrid heads={heads} rows={named} corner={t('w.weeks_sub').split(',')[0] ?? ''} />
    </ChartWidget>
  );
}

const states = ['late', 'soon', 'later', 'none'] as const;
const stateFills = { late: 'var(--bad)', soon: 'var(--warn)', later: 'var(--d4)', none: 'var(--line-strong)' };

export function FirstContacts({ counts, territory }: { counts: readonly Waiting[]; territory: Territory }) {
  const of = (state: string) => sum(counts.filter((one) => one.state === state).map(({ leads }) => ({ key: '', leads })));
  const late = of('late');
  const bars = states.filter((state) => state !== 'none' || of(state) > 0).map((state): Bar => ({
    key: state, label: t(`w.${state}`), name: t(`w.${state}`), value: of(state), shown: of(state).toLocaleString(locale()), fill: stateFills[state],
    more: counts.filter((one) => one.state === state && one.band === 'hot').map(({ leads }) => `${leads} ${t('band.hot')}`).join(''),
    to: { status: open, territory, fact: `due.${state}` },
  }));
  return (
    <ChartWidget
      id="sla" title={late > 0 ? count('w.sla_found', late) : t('w.sla_ok')} sub={t('w.sla_sub')} heads={[t('w.state'), t('w.leads')]}
      rows={bars.map(({ name, value }) => [name, value])}
    >
      <Bars bars={bars} />
    </ChartWidget>
  );
}

export function PlaceMap({ nodes, territory }: { nodes: readonly TerritoryNode[]; territory: Territory }) {
  const maps = mapTiles(nodes, territory);
  const most = Math.max(1, ...maps.flatMap(({ tiles }) => tiles.map(({ value }) => value)));
  return (
    <ChartWidget
      id="map" title={t('w.map')} sub={t('w.map_sub')} heads={[t('w.place'), t('w.map_col')]}
      rows={maps.flatMap(({ tiles }) => tiles.map(({ name, value }) => [name, value]))}
    >
      <div className="mt-1.5 flex max-h-full min-h-0 flex-1 flex-col flex-wrap content-start gap-x-5 gap-y-2 overflow-auto max-md:flex-nowrap">
        {maps.map(({ country, tiles }) => (
          <Tiles key={country} title={countryOf(country).name} most={most} tiles={tiles.map((tile) => ({ ...tile, to: { status: open, territory: tile.id } }))} />
        ))}
      </div>
    </ChartWidget>
  );
}

/** What conversion is grouped by lives as long as the screen. */
export const useGroup = () => useState<Group>('channel');
