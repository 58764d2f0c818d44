// Changes of tables that one screen alone shows, on a channel of its own, loaded with that screen.
import { loadRealtime } from './client';
import type { RowChange } from './realtime';

const retryAfter = 5000;

/**
 * The changes of tables that only one screen shows, while it is open. `onChange` also runs, with null, when some may
 * have been missed.
 */
export function listenToTables(names: readonly string[], onChange: (change: RowChange | null) => void): () => void {
  let stop: () => void = () => undefined;
  let stopped = false;
  void loadRealtime().then((client) => {
    const join = () => {
      let channel = client.channel(`changes:${names.join('+')}`);
      for (const table of names) {
        channel = channel.on('postgres_changes', { event: '*', schema: 'public', table }, (payload) => {
          onChange({ table, type: payload.eventType, record: payload.new, old: payload.old });
        });
      }
      let refused: ReturnType<typeof setTimeout> | undefined;
      channel.on('system', {}, (said: { status?: string; message?: string }) => {
        if (said.status === 'ok') onChange(null);
        else {
          refused = setTimeout(() => {
            stop();
            if (!stopped) join();
          }, retryAfter);
        }
      });
      channel.subscribe();
      stop = () => {
        clearTimeout(refused);
        void client.removeChannel(channel);
      };
    };
    if (!stopped) join();
  });
  return () => {
    stopped = true;
    stop();
  };
}
