// The pipeline. Board or table, whose, and in which order are the URL; what makes no sense is dropped.
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';

import type { BoardSearch } from '../features/deals/board-model';
import { oneOf, textLike } from '../lib/search';
import { signedInRoute } from './signed-in';

export const pipelineRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/pipeline',
  validateSearch: (given: Record<string, unknown>): BoardSearch => ({
    view: oneOf(given['view'], ['table']),
    owner: textLike(given['owner'], /^(me|[0-9a-f-]{36})$/),
    sort: oneOf(given['sort'], ['score', 'value', 'close', 'stage']),
    state: oneOf(given['state'], ['closed']),
  }),
  component: lazyRouteComponent(() => import('./pipeline-page'), 'PipelinePage'),
});
