import { getRouteApi } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { RoutingScreen } from '../features/routing/routing-screen';
import { t } from '../lib/en-routing';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/routing');

export function RoutingPage() {
  const { territory } = route.useSearch();
  const user = useSession((state) => state.user);
  useTitle(t('route.title'));
  return user && <RoutingScreen key={territory ?? 0} role={user.role} territory={territory ?? null} />;
}
