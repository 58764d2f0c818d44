// A territory as whoever answers for it sees it: its numbers, its weeks, its people, its pipeline, and who covers which place.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import type { TerritoryNode } from '../../api/rows';
import type { Role } from '../../lib/domain';
import { t } from '../../lib/en-territory';
import { clock } from '../../lib/time';
import { unsurveyed } from '../../ui/drawings';
import { Empty } from '../../ui/empty';
import { useNow } from '../../ui/use-now';
import { Part } from './part';
import { statsQuery } from './queries';
import { StatCells } from './stat-cells';
import { Coverage } from './territory-coverage';
import { coverageQuery, pipedQuery, teamQuery, trendQuery } from './territory-queries';
import { Stages } from './territory-stages';
import { Team } from './territory-team';
import { LeadWeeks, WonWeeks } from './territory-weeks';
import { velocityQuery } from './widget-queries';

interface TerritoryScreenProps {
  role: Role;
  territory: number | undefined;
  /** What "no territory chosen" is called, or the chosen one. */
  name: string;
}

const cell = 'flex min-h-0 min-w-0 flex-col border-line md:border-r';

function Bar({ name, node, now }: { name: string; node: TerritoryNode | undefined; now: Date }) {
  return (
    <div className="flex min-h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:min-h-[54px]">
      <h1 className="min-w-0 truncate text-15 max-md:text-18">{name}</h1>
      {node && node.kind !== 'root' && <p className="truncate text-ink-3">{t('terr.clock', { time: clock(now, node.time_zone), currency: node.currency })}</p>}
      <span className="flex-1" />
      <Link to="/routing" className="inline-flex min-h-7 flex-none items-center font-medium text-sea hover:underline max-md:min-h-11">{t('terr.rules')}</Link>
    </div>
  );
}

export function TerritoryScreen({ role, territory, name }: TerritoryScreenProps) {
  const now = useNow();
  const manages = role === 'manager' || role === 'admin';
  const id = territory ?? null;
  const nodes = useQuery(territoriesQuery).data;
  const people = useQuery(peopleQuery).data;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const places = useMemo(() => nodeById(nodes ?? []), [nodes]);
  // Without a choice the name is that of the one node he holds, if there is one.
  const node = territory === undefined ? nodes?.find((one) => one.name === name) : places.get(territory);
  const stats = useQuery({ ...statsQuery(id), enabled: manages });
  const trend = useQuery({ ...trendQuery(id), enabled: manages });
  const team = useQuery({ ...teamQuery(id), enabled: manages });
  const piped = useQuery({ ...pipedQuery(id), enabled: manages });
  const velocity = useQuery({ ...velocityQuery(id), enabled: manages });
  const coverage = useQuery({ ...coverageQuery(id), enabled: manages });
  if (!manages || (nodes && territory !== undefined && !node)) {
    return <><Bar name={t('terr.title')} node={undefined} now={now} /><Empty drawing={unsurveyed} title={t('terr.none')}>{t('terr.none_more')}</Empty></>;
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-auto bg-surface">
      <Bar name={name} node={node} now={now} />
      <Part query={stats} height={96}>{(data) => <StatCells stats={data} now={now} territory={territory} />}</Part>
      <div className="grid flex-none md:grid-cols-2 xl:grid-cols-12">
        <div className={`${cell} h-[236px] xl:col-span-6`}><Part query={trend} height={236}>{(weeks) => <LeadWeeks weeks={weeks} />}</Part></div>
        <div className={`${cell} h-[236px] xl:col-span-6`}><Part query={trend} height={236}>{(weeks) => <WonWeeks weeks={weeks} />}</Part></div>
        <div className={`${cell} md:col-span-2 xl:col-span-8`}><Part query={team} height={280}>{(members) => <Team members={members} people={byId} now={now} />}</Part></div>
        <div className={`${cell} md:col-span-2 xl:col-span-4`}>
          <Part query={piped} height={280}>{({ columns }) => <Stages columns={columns} velocity={velocity.data ?? []} />}</Part>
        </div>
        <div className={`${cell} md:col-span-2 xl:col-span-12`}><Part query={coverage} height={320}>{(found) => <Coverage places={found} nodes={places} />}</Part></div>
      </div>
    </div>
  );
}
