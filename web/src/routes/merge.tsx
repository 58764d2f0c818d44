// Suspected duplicates, and two leads compared.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { textLike } from '../lib/search';
import { signedInRoute } from './signed-in';

const id = /^[0-9a-f-]{36}$/;

export const duplicatesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/leads/duplicates',
  component: lazyRouteComponent(() => import('./merge-page'), 'DuplicatesPage'),
});

export const mergeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/leads/merge',
  validateSearch: (given: Record<string, unknown>): { a?: string | undefined; b?: string | undefined } =>
    ({ a: textLike(given['a'], id), b: textLike(given['b'], id) }),
  component: lazyRouteComponent(() => import('./merge-page'), 'MergePage'),
});
