// A person's own day.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { signedInRoute } from './signed-in';

export const todayRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/today',
  component: lazyRouteComponent(() => import('./today-page'), 'TodayPage'),
});
