// The further widgets by their names, loaded when an arrangement has one of them.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { useNow } from '../../ui/use-now';
import type { MoreId } from './layout-model';
import { Part } from './part';
import { ConversionChart, FirstContacts, Interest, Parts, PlaceMap, Scores, useGroup, VelocityChart, Weeks } from './widget-charts';
import { Leaders, LeadList, Tasks } from './widget-lists';
import {
  breakdownQuery, conversionQuery, leadersQuery, openListQuery, slaQuery, tasksQuery, velocityQuery, weeksQuery,
} from './widget-queries';
import { monthName } from '../../lib/time';

interface MoreProps {
  id: MoreId;
  territory: number | undefined;
  /** The chosen territory with what is below; null is everything. */
  below: readonly number[] | null;
  me: string;
}

const height = 280;

function Breakdown({ by, territory }: { by: 'score' | 'interest' | 'channel' | 'business_type'; territory: number | undefined }) {
  const query = useQuery(breakdownQuery(territory ?? null, by));
  return (
    <Part query={query} height={height}>
      {(counts) => (by === 'score' ? <Scores counts={counts} territory={territory} />
        : by === 'interest' ? <Interest counts={counts} territory={territory} /> : <Parts by={by} counts={counts} territory={territory} />)}
    </Part>
  );
}

function Conversions({ territory }: { territory: number | undefined }) {
  const [by, setBy] = useGroup();
  const query = useQuery(conversionQuery(territory ?? null, by));
  return <Part query={query} height={height}>{(rows) => <ConversionChart rows={rows} by={by} onBy={setBy} territory={territory} />}</Part>;
}

function Velocities({ territory }: { territory: number | undefined }) {
  return <Part query={useQuery(velocityQuery(territory ?? null))} height={height}>{(rows) => <VelocityChart rows={rows} />}</Part>;
}

function PlaceWeeks({ territory }: { territory: number | undefined }) {
  const now = useNow();
  const nodes = useQuery(territoriesQuery).data ?? [];
  return <Part query={useQuery(weeksQuery(territory ?? null))} height={height}>{(counts) => <Weeks counts={counts} nodes={nodes} now={now} />}</Part>;
}

function useNames() {
  const people = useQuery(peopleQuery).data;
  const nodes = useQuery(territoriesQuery).data;
  return useMemo(() => ({ people: personById(people ?? []), nodes: nodeById(nodes ?? []) }), [people, nodes]);
}

function Board({ territory }: { territory: number | undefined }) {
  const now = useNow();
  const { people } = useNames();
  const month = monthName(now);
  return <Part query={useQuery(leadersQuery(territory ?? null))} height={height}>{(rows) => <Leaders rows={rows} people={people} month={month} />}</Part>;
}

function Open({ which, territory, below }: { which: 'recent' | 'queue' } & Pick<MoreProps, 'territory' | 'below'>) {
  const now = useNow();
  const names = useNames();
  const query = useQuery({ ...openListQuery(territory ?? null, below, which), enabled: territory === undefined || below !== null });
  return <Part query={query} height={height}>{(found) => <LeadList which={which} found={found} territory={territory} {...names} now={now} />}</Part>;
}

function MyTasks({ me }: { me: string }) {
  const now = useNow();
  return <Part query={useQuery(tasksQuery(me))} height={height}>{(found) => <Tasks found={found} now={now} />}</Part>;
}

function Sla({ territory }: { territory: number | undefined }) {
  return <Part query={useQuery(slaQuery(territory ?? null))} height={height}>{(counts) => <FirstContacts counts={counts} territory={territory} />}</Part>;
}

function Map({ territory }: { territory: number | undefined }) {
  return <Part query={useQuery(territoriesQuery)} height={height}>{(nodes) => <PlaceMap nodes={nodes} territory={territory} />}</Part>;
}

export function MoreWidget({ id, territory, below, me }: MoreProps) {
  switch (id) {
    case 'conversion': return <Conversions territory={territory} />;
    case 'velocity': return <Velocities territory={territory} />;
    case 'scores': return <Breakdown by="score" territory={territory} />;
    case 'interest': return <Breakdown by="interest" territory={territory} />;
    case 'sources': return <Breakdown by="channel" territory={territory} />;
    case 'kinds': return <Breakdown by="business_type" territory={territory} />;
    case 'weeks': return <PlaceWeeks territory={territory} />;
    case 'leaders': return <Board territory={territory} />;
    case 'recent': case 'queue': return <Open which={id} territory={territory} below={below} />;
    case 'tasks': return <MyTasks me={me} />;
    case 'sla': return <Sla territory={territory} />;
    case 'map': return <Map territory={territory} />;
  }
}
