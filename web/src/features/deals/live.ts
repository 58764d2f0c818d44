// Turns a change of a deal into a write of the query cache.
import type { QueryClient } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import type { RowChange } from '../../api/realtime';
import { refreshUnderway } from '../../api/refresh';
import type { DealDetail } from '../../api/rows';

/** Puts a deal into the list of its lead, unless the list already has a newer one. */
export function showDeal(client: QueryClient, deal: DealDetail): void {
  if (deal.submission_id === null) return;
  client.setQueryData<DealDetail[]>(keys.dealsOf(deal.submission_id), (deals) => {
    const known = deals?.find(({ id }) => id === deal.id);
    if (!deals || (known && known.version > deal.version)) return deals;
    return known ? deals.map((one) => (one.id === deal.id ? { ...one, ...deal } : one)) : [deal, ...deals];
  });
}

/** A change of public.deals. One that is deleted, or out of the caller's sight, tells its id alone. */
export function applyDealChange(client: QueryClient, change: RowChange): void {
  refreshUnderway(client, keys.deals);
  const deal = change.record as unknown as DealDetail;
  if (change.type !== 'DELETE' && deal.deleted_at === null) {
    showDeal(client, deal);
    return;
  }
  const id = change.record['id'] ?? change.old['id'];
  client.setQueriesData<DealDetail[]>({ queryKey: keys.deals }, (deals) => deals?.filter((one) => one.id !== id));
}
