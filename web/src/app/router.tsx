// All addresses of the app, and what stands round them.
import type { QueryClient } from '@tanstack/react-query';
import { createRouter, lazyRouteComponent, retainSearchParams, type RouterHistory } from '@tanstack/react-router';

import { parseSearch, stringifySearch } from '../lib/search';
import { dashboardRoute } from '../routes/dashboard';
import { formRoute, formTerritoryRoute } from '../routes/form';
import { importRoute } from '../routes/import';
import { leadRoute } from '../routes/lead';
import { leadsRoute } from '../routes/leads';
import { duplicatesRoute, mergeRoute } from '../routes/merge';
import { modelRoute } from '../routes/model';
import { notificationsRoute } from '../routes/notifications';
import { organizationRoutes } from '../routes/organizations';
import { pipelineRoute } from '../routes/pipeline';
import { rootRoute } from '../routes/root';
import { routingRoute } from '../routes/routing';
import { signInRoute } from '../routes/sign-in';
import { signedInRoute } from '../routes/signed-in';
import { territoryRoute } from '../routes/territory';
import { todayRoute } from '../routes/today';
import { ErrorPage } from './error-page';

signedInRoute.update({
  component: lazyRouteComponent(() => import('./layout/shell'), 'Shell'),
  search: { middlewares: [retainSearchParams(['territory'])] },
});

const routeTree = rootRoute.addChildren([
  formRoute,
  formTerritoryRoute,
  signInRoute,
  signedInRoute.addChildren([dashboardRoute, leadsRoute, leadRoute, importRoute, duplicatesRoute, mergeRoute, pipelineRoute, notificationsRoute,
    modelRoute, routingRoute, territoryRoute, todayRoute, ...organizationRoutes]),
]);

export function makeRouter(client: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    context: { queryClient: client },
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: lazyRouteComponent(() => import('./not-found-page'), 'NotFoundPage'),
    scrollRestoration: true,
    ...(history && { history }),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
