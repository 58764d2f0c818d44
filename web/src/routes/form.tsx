// The public form, for everybody (/f) or with a country chosen by the link (/f/KY).
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { rootRoute } from './root';

const component = lazyRouteComponent(() => import('./form-page'), 'FormPage');

export const formRoute = createRoute({ getParentRoute: () => rootRoute, path: '/f', component });
export const formTerritoryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/f/$territory',
  component,
});
