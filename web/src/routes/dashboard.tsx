import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { textLike } from '../lib/search';
import { signedInRoute } from './signed-in';

export const dashboardRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  validateSearch: (given: Record<string, unknown>): { layout?: string | undefined } => ({ layout: textLike(given['layout'], /^[a-z_\d.]{1,400}$/) }),
  component: lazyRouteComponent(() => import('./dashboard-page'), 'DashboardPage'),
});
