// One ruled sheet: numbers, days, where leads stand, what is hot, who is here, what happens.
import { useQuery } from '@tanstack/react-query';
import { LayoutDashboard } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react';

import { peopleQuery, personById, territoriesQuery, withBelow } from '../../api/directory';
import type { TerritoryNode } from '../../api/rows';
import { countryOf } from '../../lib/domain';
import { t } from '../../lib/en-dash';
import { clock, isoDay, isoWeek } from '../../lib/time';
import { Button } from '../../ui/button';
import { useNow } from '../../ui/use-now';
import { Funnel } from './funnel';
import { HotLeads } from './hot-leads';
import { OpenByPlace } from './open-by-place';
import { PerDay } from './per-day';
import { Part } from './part';
import { firstLayout, isMore, type MoreId, type Placed, type WidgetId, type Width } from './layout-model';
import { funnelQuery, hotLeadsQuery, hotLimit, layoutQuery, perDayQuery, statsQuery } from './queries';
import { StatCells } from './stat-cells';

const LayoutBar = lazy(() => import('./layout-editor').then((part) => ({ default: part.LayoutBar })));
const MoreWidget = lazy(() => import('./more-widgets').then((part) => ({ default: part.MoreWidget })));
const DashboardTools = lazy(() => import('./dashboard-tools').then((part) => ({ default: part.DashboardTools })));
const LayoutFrame = lazy(() => import('./layout-editor').then((part) => ({ default: part.LayoutFrame })));

interface DashboardScreenProps {
  territory: number | undefined;
  /** An arrangement that came with a link, in place of one's own. */
  shared: readonly Placed[] | null;
  me: string;
  /** Composed by the route: the feed and the people are other features. */
  feed: (nodes: readonly number[] | null) => ReactNode;
  online: ReactNode;
}

/** `10:42 in Jamaica, 11:42 in Curaçao`; one time if the clocks agree. */
function updatedWords(at: Date, nodes: readonly TerritoryNode[]): string {
  const countries = nodes.filter(({ kind }) => kind === 'country').map(({ country }) => countryOf(country ?? ''));
  const first = countries[0];
  const second = first && countries.find((one) => clock(at, one.zone) !== clock(at, first.zone));
  if (!first) return t('dash.updated', { time: clock(at) });
  // The clock of the one place, named where the reader's own shows another time.
  if (!second) return t(clock(at) === clock(at, first.zone) ? 'dash.updated' : 'dash.updated_in', { time: clock(at, first.zone), place: first.name });
  return t('dash.updated_both', {
    time: clock(at, first.zone), place: first.name, other: clock(at, second.zone), second: second.name,
  });
}

const cell = 'flex min-h-0 min-w-0 flex-col border-line max-md:col-span-full md:border-r';
const spans: Readonly<Record<Width, string>> = {
  3: 'xl:col-span-3', 4: 'xl:col-span-4', 5: 'xl:col-span-5', 6: 'xl:col-span-6', 8: 'xl:col-span-8', 12: 'md:col-span-2 xl:col-span-12',
};
/** The feed is as tall as two: it is long by nature. On a phone what is hot comes first. */
const more: Partial<Record<WidgetId, string>> = {
  feed: 'max-xl:order-last max-xl:col-span-full xl:row-span-2', hot: 'max-md:order-first',
};

export function DashboardScreen({ territory, shared, me, feed, online }: DashboardScreenProps) {
  const now = useNow();
  const nodes = useQuery(territoriesQuery).data;
  const people = useQuery(peopleQuery).data;
  const id = territory ?? null;
  const below = useMemo(
    () => (territory !== undefined && nodes ? [...withBelow(nodes, territory)] : null),
    [territory, nodes],
  );
  const ready = territory === undefined || nodes !== undefined;
  const stats = useQuery(statsQuery(id));
  const perDay = useQuery(perDayQuery(id));
  const funnel = useQuery(funnelQuery(id));
  const hot = useQuery({ ...hotLeadsQuery(id, below), enabled: ready });
  const kept = useQuery(layoutQuery);
  /** The arrangement while it is being changed. */
  const [draft, setDraft] = useState<readonly Placed[] | null>(null);
  const layout = draft ?? shared ?? kept.data ?? firstLayout;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const zone = byId.get(me)?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const parts: Readonly<Record<Exclude<WidgetId, MoreId>, ReactNode>> = {
    per_day: <Part query={perDay} height={280}>{(data) => <PerDay counts={data} today={isoDay(now, zone)} />}</Part>,
    funnel: <Part query={funnel} height={280}>{(data) => <Funnel counts={data} territory={territory} />}</Part>,
    feed: ready && feed(below),
    hot: (
      <Part query={hot} height={240}>
        {(data) => (
          <HotLeads
            rows={data} people={byId} territory={territory}
            total={data.length < hotLimit ? data.length : (stats.data?.hot_leads.value ?? data.length)}
          />
        )}
      </Part>
    ),
    places: (
      <>
        {nodes && <OpenByPlace nodes={nodes} territory={territory} />}
        <div className="min-h-0 flex-none overflow-auto border-b border-line px-4 pt-3 pb-3">{online}</div>
      </>
    ),
  };
  const widgetOf = (widget: WidgetId) => (isMore(widget)
    ? <Suspense fallback={<div className="h-[280px] border-b border-line" />}><MoreWidget id={widget} territory={territory} below={below} me={me} /></Suspense>
    : parts[widget]);
  return (
    <div id="dashboard" className="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
      {draft ? (
        <Suspense><LayoutBar layout={draft} me={me} onLayout={setDraft} onClose={() => setDraft(null)} /></Suspense>
      ) : (
        <div className="flex h-[46px] flex-none items-center gap-2 border-b border-line px-4">
          <h1 className="flex-none text-15 max-md:text-18">{t('dash.title', { n: isoWeek(now) })}</h1>
          {stats.data && nodes && (
            <p className="truncate text-ink-3">{updatedWords(new Date(stats.data.updated_at), nodes)}</p>
          )}
          <span className="flex-1" />
          <Suspense><DashboardTools layout={layout} isShared={shared !== null} me={me} /></Suspense>
          <Button look="quiet" className="max-md:hidden" disabled={!kept.data} onClick={() => setDraft(layout)}>
            <LayoutDashboard aria-hidden="true" />{t('layout.edit')}
          </Button>
        </div>
      )}
      <Part query={stats} height={96}>{(data) => <StatCells stats={data} now={now} territory={territory} />}</Part>
      {/* Not before it is known: widgets that change their places are worse than widgets that come a moment later. */}
      {(kept.data ?? kept.error) && (
        <div className={`grid flex-1 md:grid-cols-2 xl:min-h-0 xl:grid-flow-dense xl:auto-rows-[minmax(290px,1fr)] xl:grid-cols-12 ${draft ? 'bg-sunken' : ''}`}>
          {layout.map(({ id: widget, width }) => (
            <div key={widget} data-widget={widget} className={`${cell} ${spans[width]} ${more[widget] ?? ''}`}>
              {draft
                ? <Suspense><LayoutFrame layout={draft} id={widget} onLayout={setDraft}>{widgetOf(widget)}</LayoutFrame></Suspense>
                : widgetOf(widget)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
