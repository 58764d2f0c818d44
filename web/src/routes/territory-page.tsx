import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';

import { territoriesQuery } from '../api/directory';
import { useSession } from '../api/session';
import { TerritoryScreen } from '../features/dashboard/territory-screen';
import { scopeName } from '../features/territories/model';
import { t } from '../lib/en-territory';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/territory');

export function TerritoryPage() {
  const { territory } = route.useSearch();
  const user = useSession((state) => state.user);
  const nodes = useQuery(territoriesQuery).data ?? [];
  const name = scopeName(nodes, territory, t('territory.all'));
  useTitle(name);
  return user && <TerritoryScreen role={user.role} territory={territory} name={name} />;
}
