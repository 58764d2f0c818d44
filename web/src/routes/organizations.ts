// Organisations and contacts: the lists, and a page of each. What is looked for and the order are the URL.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import { oneOf, textLike } from '../lib/search';
import { signedInRoute } from './signed-in';

const parse = (given: Record<string, unknown>): { q?: string | undefined; sort?: 'newest' | undefined } =>
  ({ q: textLike(given['q'], /^.{1,80}$/), sort: oneOf(given['sort'], ['newest']) });

const load = () => import('./organizations-page');

export const organizationRoutes = [
  createRoute({ getParentRoute: () => signedInRoute, path: '/organizations', validateSearch: parse, component: lazyRouteComponent(load, 'OrganizationsPage') }),
  createRoute({ getParentRoute: () => signedInRoute, path: '/contacts', validateSearch: parse, component: lazyRouteComponent(load, 'ContactsPage') }),
  createRoute({ getParentRoute: () => signedInRoute, path: '/organizations/$id', component: lazyRouteComponent(load, 'OrganizationPage') }),
  createRoute({ getParentRoute: () => signedInRoute, path: '/contacts/$id', component: lazyRouteComponent(load, 'ContactPage') }),
] as const;
