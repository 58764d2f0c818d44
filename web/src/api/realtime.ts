// One socket, one channel of row changes. Features turn changes into query-cache writes (app/live.ts).
import { create } from 'zustand';

import { isSubscribed, loadRealtime, type RealtimeClient } from './client';

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

const tables = [
  'submissions', 'deals', 'activities', 'assignments', 'score_history', 'lead_scores', 'recommendation_states', 'notifications',
];

function listenToHeartbeat(client: RealtimeClient): void {
  client.onHeartbeat((status, latency) => {
    if (status === 'ok' && latency !== undefined) useLink.setState({ latency: Math.round(latency) });
    if (status === 'timeout' || status === 'disconnected') useLink.setState({ link: 'down' });
  });
}

const retryAfter = 5000;

/**
 * Subscribes to the changes the caller may see. `onMissed` runs when something may have happened that was not
 * received: the link came back after a gap, or the server says `resync` (docs/formats/realtime.md).
 */
export function listenToChanges(onChange: (change: RowChange) => void, onMissed: () => void): () => void {
  let stopped = false;
  let wasLive = false;
  let stop: () => void = () => undefined;
  const setLink = (link: Link) => {
    if (link === 'live' && wasLive && useLink.getState().link !== 'live') onMissed();
    wasLive ||= link === 'live';
    useLink.setState({ link });
  };
  const join = (client: RealtimeClient) => {
    let channel = client.channel('changes');
    const again = () => {
      stop();
      if (!stopped) join(client);
    };
    for (const table of tables) {
      channel = channel.on('postgres_changes', { event: '*', schema: 'public', table }, (payload) => {
        onChange({ table, type: payload.eventType, record: payload.new, old: payload.old });
      });
    }
    // Joined is not yet subscribed: the server says so, or why not.
    channel.on('system', {}, (said: { status?: string; message?: string }) => {
      if (said.status === 'ok' && said.message === 'resync') {
        onMissed();
        return;
      }
      setLink(said.status === 'ok' ? 'live' : 'down');
      if (said.status !== 'ok') {
        const timer = setTimeout(again, retryAfter);
        stop = () => {
          clearTimeout(timer);
          void client.removeChannel(channel);
        };
      }
    });
    channel.subscribe((status) => {
      if (!isSubscribed(status)) setLink('down');
    });
    stop = () => void client.removeChannel(channel);
  };
  void loadRealtime().then((client) => {
    if (stopped) return;
    listenToHeartbeat(client);
    join(client);
  });
  return () => {
    stopped = true;
    useLink.setState({ link: 'connecting', latency: null });
    stop();
  };
}
