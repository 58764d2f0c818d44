// The one subscriber: which change touches which part of the query cache.
import type { QueryClient } from '@tanstack/react-query';

import { keys } from '../api/keys';
import { listenToChanges, type RowChange } from '../api/realtime';
import { refresh } from '../api/refresh';
import { refreshFeeds } from '../features/activities/live';
import { applyDealChange } from '../features/deals/live';
import { applyLeadChange, applyLeadDeal, applyTimelineChange } from '../features/leads/live';
import { gather } from '../lib/gather';

/** Counts follow a change after this pause, however many changes come in it. */
const countsAfter = 200;

function applyChange(client: QueryClient, change: RowChange, refreshCounts: () => void): void {
  if (change.table === 'submissions') {
    applyLeadChange(client, change, Date.now());
    refreshCounts();
    return;
  }
  if (change.table === 'deals') {
    applyDealChange(client, change);
    applyLeadDeal(client, change);
    // The board's part is loaded with the board.
    if (client.getQueryCache().findAll({ queryKey: keys.board }).length > 0) {
      void import('../features/deals/board-live').then(({ applyBoardChange }) => applyBoardChange(client, change));
    }
    refreshCounts();
    return;
  }
  if (change.table === 'notifications') {
    refresh(client, keys.notices);
    return;
  }
  const lead = String(change.record['submission_id'] ?? change.old['submission_id']);
  if (change.table === 'lead_scores') refresh(client, keys.insight(lead));
  if (change.table !== 'assignments' && change.table !== 'score_history') refresh(client, keys.advice(lead));
  if (change.table === 'lead_scores' || change.table === 'recommendation_states') {
    return;
  }
  applyTimelineChange(client, change);
  if (change.table === 'activities') {
    refreshFeeds(client);
    refreshCounts();
    // A card says its next open task.
    if ((change.record['kind'] ?? change.old['kind']) === 'task') refresh(client, keys.board);
  }
}

export function goLive(client: QueryClient): () => void {
  const refreshCounts = gather(() => {
    refresh(client, keys.dashboard);
    refresh(client, keys.leadCounts);
    refresh(client, keys.suspects);
    refresh(client, keys.territories);
  }, countsAfter);
  return listenToChanges(
    (change) => applyChange(client, change, refreshCounts),
    () => refresh(client, []),
  );
}
