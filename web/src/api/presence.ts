// Who is here: one presence channel per place (the whole app, one record).
import { isSubscribed, loadRealtime } from './client';

export interface Here {
  id: string;
  name: string;
  /** Minutes without a key or pointer make a person idle. */
  idle: boolean;
}

type Meta = Here & { presence_ref: string };

/** Joins a place and reports everybody in it, one entry a person. */
export function joinPlace(topic: string, me: Here, onPeople: (people: Here[]) => void) {
  let now = me;
  let say: () => void = () => undefined;
  let left = false;
  let leave: () => void = () => {
    left = true;
  };
  const join = async () => {
    const client = await loadRealtime();
    if (left) return;
    const channel = client.channel(topic, { config: { presence: { key: me.id } } });
    channel.on('presence', { event: 'sync' }, () => {
      const state = channel.presenceState<Meta>();
      const people = Object.values(state).flatMap((metas) => {
        const last = metas.at(-1);
        return last ? [{ id: last.id, name: last.name, idle: metas.every((meta) => meta.idle) }] : [];
      });
      onPeople(people.sort((a, b) => a.name.localeCompare(b.name)));
    });
    say = () => void channel.track(now);
    channel.subscribe((status) => {
      if (isSubscribed(status)) say();
    });
    leave = () => void client.removeChannel(channel);
  };
  void join();
  return {
    update: (next: Here) => {
      now = next;
      say();
    },
    leave: () => leave(),
  };
}
