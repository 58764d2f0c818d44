// The list of leads. Its filters and order are the URL; one that makes no sense is dropped.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as z from 'zod/mini';

import { bands, statuses } from '../lib/domain';
import { asList, toInteger } from '../lib/search';
import { signedInRoute } from './signed-in';

const text = (form: RegExp) => z.catch(z.optional(z.string().check(z.regex(form))), undefined);
const many = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.catch(z.optional(z.array(z.enum(values))), undefined);

const search = z.object({
  status: many(statuses),
  band: many(bands),
  owner: text(/^(me|none|[0-9a-f-]{36})$/),
  days: z.catch(z.optional(z.number()), undefined),
  q: text(/^.{0,80}$/),
  sort: z.catch(z.optional(z.enum(['score', 'newest'])), undefined),
});

export const parseLeadSearch = (given: Record<string, unknown>): z.infer<typeof search> =>
  search.parse({
    ...given, status: asList(given['status']), band: asList(given['band']), days: toInteger(given['days'], 365),
  });

export const leadsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/leads',
  validateSearch: parseLeadSearch,
  component: lazyRouteComponent(() => import('./leads-page'), 'LeadsPage'),
});
