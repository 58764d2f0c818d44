// The list of leads. Its filters and order are the URL; one that makes no sense is dropped.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import type { LeadSearch } from '../features/leads/filters';
import { bands, leadSorts, statuses } from '../lib/domain';
import { oneOf, someOf, textLike, toInteger } from '../lib/search';
import { signedInRoute } from './signed-in';

export const parseLeadSearch = (given: Record<string, unknown>): LeadSearch => ({
  status: someOf(given['status'], statuses),
  band: someOf(given['band'], bands),
  owner: textLike(given['owner'], /^(me|none|[0-9a-f-]{36})$/),
  days: toInteger(given['days'], 365),
  q: textLike(given['q'], /^.{0,80}$/),
  tag: textLike(given['tag'], /^.{1,40}$/),
  fact: textLike(given['fact'], /^(business_type|channel|interest_level|due)\.[a-z_\d]{1,20}$|^score\.(\d0?|none)$/),
  where: textLike(given['where'], /^.{1,1000}$/),
  view: textLike(given['view'], /^[0-9a-f-]{36}$/),
  open: textLike(given['open'], /^[0-9a-f-]{36}$/),
  sort: oneOf(given['sort'], leadSorts),
});

export const leadsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/leads',
  validateSearch: parseLeadSearch,
  component: lazyRouteComponent(() => import('./leads-page'), 'LeadsPage'),
});
