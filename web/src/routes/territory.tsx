// The page of the territory that the header names.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { signedInRoute } from './signed-in';

export const territoryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/territory',
  component: lazyRouteComponent(() => import('./territory-page'), 'TerritoryPage'),
});
