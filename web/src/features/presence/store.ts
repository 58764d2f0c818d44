// Who is online and who looks at which lead, as the presence channels last said.
import { useEffect, useState } from 'react';
import { create } from 'zustand';

import { type Here, joinPlace } from '../../api/presence';

export const useOnlinePeople = create<{ people: Here[] }>(() => ({ people: [] }));

const idleAfter = 5 * 60_000;

/** Joins the whole app, and says so when nobody touched a key or pointer for five minutes. */
export function joinApp(me: { id: string; name: string }): () => void {
  let idle = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const place = joinPlace('online', { ...me, idle }, (people) => useOnlinePeople.setState({ people }));
  const say = (next: boolean) => {
    if (next === idle) return;
    idle = next;
    place.update({ ...me, idle });
  };
  const touched = () => {
    clearTimeout(timer);
    timer = setTimeout(() => say(true), idleAfter);
    say(false);
  };
  touched();
  addEventListener('pointerdown', touched);
  addEventListener('keydown', touched);
  return () => {
    clearTimeout(timer);
    removeEventListener('pointerdown', touched);
    removeEventListener('keydown', touched);
    place.leave();
    useOnlinePeople.setState({ people: [] });
  };
}

/** The others who have this record open. */
export function useOthersHere(topic: string, me: { id: string; name: string } | null): Here[] {
  const [people, setPeople] = useState<Here[]>([]);
  const id = me?.id;
  const name = me?.name;
  useEffect(() => {
    if (id === undefined || name === undefined) return;
    const place = joinPlace(topic, { id, name, idle: false }, setPeople);
    return () => {
      place.leave();
      setPeople([]);
    };
  }, [topic, id, name]);
  return people.filter((person) => person.id !== id);
}
