// All notices of a person. Whether only the unread are shown is the URL.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { oneOf } from '../lib/search';
import { signedInRoute } from './signed-in';

export const notificationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/notifications',
  validateSearch: (given: Record<string, unknown>): { show?: 'unread' | undefined } => ({ show: oneOf(given['show'], ['unread']) }),
  component: lazyRouteComponent(() => import('./notifications-page'), 'NotificationsPage'),
});
