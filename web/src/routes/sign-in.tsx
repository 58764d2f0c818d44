import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { rootRoute } from './root';

const search = z.object({
  // Only a path of this app; never another site's address.
  to: z.catch(z.optional(z.string().check(z.regex(/^\/(?![/\\])/))), undefined),
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: search,
  component: lazyRouteComponent(() => import('./sign-in-page'), 'SignInPage'),
});
