import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { signedInRoute } from './signed-in';

export const leadRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/leads/$id',
  component: lazyRouteComponent(() => import('./lead-page'), 'LeadPage'),
});
