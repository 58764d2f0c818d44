// The scoring model. Which version is looked at is the URL.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { textLike } from '../lib/search';
import { signedInRoute } from './signed-in';

export const modelRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/model',
  validateSearch: (given: Record<string, unknown>): { version?: string | undefined } => ({ version: textLike(given['version'], /^[0-9a-f-]{36}$/) }),
  component: lazyRouteComponent(() => import('./model-page'), 'ModelPage'),
});
