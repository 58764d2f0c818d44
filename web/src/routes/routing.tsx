// The rules of routing. The territory of the header says whose.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { signedInRoute } from './signed-in';

export const routingRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/routing',
  component: lazyRouteComponent(() => import('./routing-page'), 'RoutingPage'),
});
