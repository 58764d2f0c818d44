// One socket, one channel of row changes. Features turn changes into query-cache writes (app/live.ts).
import { create } from 'zustand';

import { isSubscribed, loadRealtime } from './client';

export interface RowChange {
  table: string;
  type: 'INSERT' | 'UPDATE' | 'DELETE';
  record: Record<string, unknown>;
  old: Record<string, unknown>;
}

type Link = 'connecting' | 'live' | 'down';

interface LinkState {
  link: Link;
  /** Round trip of the last heartbeat in ms, null until one came back. */
  latency: number | null;
}

export const useLink = create<LinkState>(() => ({ link: 'connecting', latency: null }));

const tables = ['submissions', 'activities', 'assignments', 'score_history'];

function listenToHeartbeat(client: Awaited<ReturnType<typeof loadRealtime>>): void {
  client.onHeartbeat((status, latency) => {
    if (status === 'ok' && latency !== undefined) useLink.setState({ latency: Math.round(latency) });
    if (status === 'timeout' || status === 'disconnected') useLink.setState({ link: 'down' });
  });
}

/**
 * Subscribes to the changes the caller may see. `onMissed` runs when the link comes back after a
 * gap, because what happened meanwhile was not received.
 */
export function listenToChanges(onChange: (change: RowChange) => void, onMissed: () => void): () => void {
  let stopped = false;
  let stop = () => {
    stopped = true;
  };
  const start = async () => {
    const client = await loadRealtime();
    if (stopped) return;
    listenToHeartbeat(client);
    let wasLive = false;
    let channel = client.channel('changes');
    for (const table of tables) {
      channel = channel.on('postgres_changes', { event: '*', schema: 'public', table }, (payload) => {
        onChange({ table, type: payload.eventType, record: payload.new, old: payload.old });
      });
    }
    channel.subscribe((status) => {
      const live = isSubscribed(status);
      useLink.setState({ link: live ? 'live' : 'down' });
      if (!live) return;
      if (wasLive) onMissed();
      wasLive = true;
    });
    stop = () => void client.removeChannel(channel);
  };
  void start();
  return () => {
    useLink.setState({ link: 'connecting', latency: null });
    stop();
  };
}
