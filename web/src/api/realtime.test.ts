import { afterEach, expect, it, vi } from 'vitest';

import { listenToChanges, type RowChange, useLink } from './realtime';

type Message = [string | null, string | null, string, string, unknown];

/** The server's end of a socket: joins are answered, and the test says what else is told. */
class ServedSocket extends EventTarget {
  static last: ServedSocket | undefined;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  private join: Message | undefined;

  constructor() {
    super();
    ServedSocket.last = this;
    setTimeout(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const message = JSON.parse(text) as Message;
    const [joinRef, ref, topic, event, payload] = message;
    if (event !== 'phx_join') return;
    this.join = message;
    const asked = (payload as { config: { postgres_changes: object[] } }).config.postgres_changes;
    const response = { postgres_changes: asked.map((one, id) => ({ ...one, id })) };
    this.say([joinRef, ref, topic, 'phx_reply', { status: 'ok', response }]);
    this.tell('system', { status: 'ok', message: 'Subscribed to PostgreSQL', extension: 'postgres_changes' });
  }

  tell(event: string, payload: object): void {
    this.say([null, null, this.join?.[2] ?? '', event, payload]);
  }

  close(): void {
    this.readyState = 3;
  }

  private say(message: Message): void {
    setTimeout(() => this.onmessage?.({ data: JSON.stringify(message) }));
  }
}

const resync = { status: 'ok', message: 'resync', extension: 'postgres_changes', channel: 'changes' };

afterEach(() => vi.unstubAllGlobals());

it('reads everything again when the server says that changes were lost, and stays live', async () => {
  vi.stubGlobal('WebSocket', ServedSocket);
  const changes: RowChange[] = [];
  const missed = vi.fn();
  const stop = listenToChanges((change) => changes.push(change), missed);
  await vi.waitFor(() => expect(useLink.getState().link).toBe('live'));
  expect(missed).not.toHaveBeenCalled();
  ServedSocket.last?.tell('system', resync);
  await vi.waitFor(() => expect(missed).toHaveBeenCalledTimes(1));
  expect(useLink.getState().link).toBe('live');
  expect(changes).toEqual([]);
  stop();
});
