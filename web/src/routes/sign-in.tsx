import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { textLike } from '../lib/search';
import { rootRoute } from './root';

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  // Only a path of this app; never another site's address.
  validateSearch: (given: Record<string, unknown>): { to?: string | undefined } => ({ to: textLike(given['to'], /^\/(?![/\\])/) }),
  component: lazyRouteComponent(() => import('./sign-in-page'), 'SignInPage'),
});
