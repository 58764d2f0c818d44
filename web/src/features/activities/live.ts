// A new activity: the feeds on screen read themselves again, because a row lacks its lead's name.
import type { QueryClient } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { gather } from '../../lib/gather';

const gathered = new WeakMap<QueryClient, () => void>();

export function refreshFeeds(client: QueryClient): void {
  let refresh = gathered.get(client);
  if (!refresh) {
    refresh = gather(() => void client.invalidateQueries({ queryKey: keys.activities }), 150);
    gathered.set(client, refresh);
  }
  refresh();
}
