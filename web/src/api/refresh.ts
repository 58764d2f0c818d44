// Reading again after a change, also when an answer from before the change is still on its way.
import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Reads the queries under a key again. One that is on its way is begun anew, because its answer may be from before
 * the change; the first answer of a query cannot be given up, so that one is read again after it came.
 */
export function refresh(client: QueryClient, queryKey: QueryKey): void {
  for (const query of client.getQueryCache().findAll({ queryKey })) {
    if (query.state.fetchStatus !== 'fetching' || query.state.data !== undefined) continue;
    const again = () => client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    query.promise?.then(again, () => undefined);
  }
  void client.invalidateQueries({ queryKey });
}

/** The same, but only for the queries that are on their way. */
export function refreshUnderway(client: QueryClient, queryKey: QueryKey): void {
  for (const query of client.getQueryCache().findAll({ queryKey })) {
    if (query.state.fetchStatus === 'fetching') refresh(client, query.queryKey);
  }
}
