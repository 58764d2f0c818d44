// A new activity: the feeds on screen read themselves again, because a row lacks its lead's name.
import type { QueryClient } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import { gather } from '../../lib/gather';

const gathered = new WeakMap<QueryClient, () => void>();

export function refreshFeeds(client: QueryClient): void {
  let soon = gathered.get(client);
  if (!soon) {
    soon = gather(() => refresh(client, keys.activities), 150);
    gathered.set(client, soon);
  }
  soon();
}
