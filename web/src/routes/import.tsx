import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { textLike } from '../lib/search';
import { signedInRoute } from './signed-in';

export const importRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/leads/import',
  validateSearch: (given: Record<string, unknown>): { id?: string | undefined } => ({ id: textLike(given['id'], /^[0-9a-f-]{36}$/) }),
  component: lazyRouteComponent(() => import('./import-page'), 'ImportPage'),
});
