import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { FakeServer } from '../../test/fake-server';
import { useFakeServer } from '../../test/render';
import { changeMany, takeBack } from './bulk-run';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer(new FakeServer(Date.now(), 120));
});
afterEach(() => vi.useRealTimers());

const expo = { action: 'tag', args: { tag: 'expo' } } as const;
const ids = () => server.leads.map(({ id }) => id);

it('goes through all in portions, and says how far it is', async () => {
  const seen: number[] = [];
  const end = await changeMany('c1', expo, ids(), ({ done }) => seen.push(done), () => false);
  expect(seen).toEqual([50, 100, 120]);
  expect(end).toEqual({ done: 120, refused: new Map(), all: 120 });
  expect(server.leads.every(({ tags }) => tags.includes('expo'))).toBe(true);
});

it('counts what is refused by its reason', async () => {
  const end = await changeMany('c2', expo, [...ids(), 'nobody', 'nothing'], () => undefined, () => false);
  expect([end.done, [...end.refused]]).toEqual([120, [['not_found', 2]]]);
});

it('stops when told to, after the portion that runs', async () => {
  let told = false;
  const end = await changeMany('c3', expo, ids(), () => (told = true), () => told);
  expect(end.done).toBe(50);
});

it('sends a portion again whose answer was lost, which changes nothing twice', async () => {
  let lost = 1;
  server.override = (_request, url) => {
    if (!url.pathname.endsWith('bulk_change_leads') || lost === 0) return undefined;
    lost -= 1;
    return Response.error();
  };
  expect((await changeMany('c4', expo, ids().slice(0, 3), () => undefined, () => false)).done).toBe(3);
});

it('takes all of it back, tags that were there before excepted', async () => {
  const before = server.leads.filter(({ tags }) => tags.includes('expo')).length;
  await changeMany('c5', expo, ids(), () => undefined, () => false);
  expect((await takeBack('c5')).done).toBe(120);
  expect(server.leads.filter(({ tags }) => tags.includes('expo'))).toHaveLength(before);
});
