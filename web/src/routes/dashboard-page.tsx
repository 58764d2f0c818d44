import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { peopleQuery, personById, territoriesQuery } from '../api/directory';
import { useSession } from '../api/session';
import { Feed } from '../features/activities/feed';
import { DashboardScreen } from '../features/dashboard/dashboard-screen';
import { layoutOf } from '../features/dashboard/layout-model';
import { OnlineList } from '../features/presence/online-list';
import { scopeName } from '../features/territories/model';
import { t } from '../lib/en';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/');

export function DashboardPage() {
  const { territory, layout } = route.useSearch();
  const user = useSession((state) => state.user);
  const people = useQuery(peopleQuery).data;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const nodes = useQuery(territoriesQuery).data ?? [];
  const scope = scopeName(nodes, territory, t('territory.all'));
  const shared = useMemo(() => layoutOf(layout), [layout]);
  useTitle(t('nav.dashboard'));
  if (!user) return null;
  return (
    <DashboardScreen
      territory={territory} shared={shared} me={user.id} online={<OnlineList me={user.id} />}
      feed={(below) => <Feed territory={territory ?? null} nodes={below} people={byId} scope={scope} />}
    />
  );
}
