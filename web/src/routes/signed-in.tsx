// The layout of everything behind sign-in; app/router.tsx gives it the shell.
import { createRoute, redirect } from '@tanstack/react-router';

import { toInteger } from '../lib/search';
import { rootRoute } from './root';

/** A territory stays chosen while moving between screens, so it belongs to the layout. */
const parseSearch = (given: Record<string, unknown>): { territory?: number | undefined } =>
  ({ territory: toInteger(given['territory'], 2_147_483_647) });

export const signedInRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'signed-in',
  validateSearch: parseSearch,
  beforeLoad: async ({ location }) => {
    const { loadSession } = await import('../api/session');
    const user = await loadSession();
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router's own way to redirect
    if (!user) throw redirect({ to: '/sign-in', search: { to: location.href } });
    return { user };
  },
});
