// One cache for everything that came from the server.
import { QueryClient } from '@tanstack/react-query';

import { ApiError } from '../api/errors';

/** Once more for what may pass; never for what the caller did wrong. */
const mayPass = (failures: number, error: Error): boolean =>
  failures < 1 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500);

export const makeQueryClient = () => new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, gcTime: 10 * 60_000, retry: mayPass, retryDelay: 500 },
    mutations: { networkMode: 'always' },
  },
});
