import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { FakeServer } from '../test/fake-server';
import { people } from '../test/fixture-data';
import { useFakeServer } from '../test/render';
import { supabase } from './client';
import { loadSession, onSignedOut, signIn, signOut, useSession } from './session';
import { sessionKey } from './session-storage';

let server: FakeServer;
beforeEach(() => {
  server = useFakeServer();
  useSession.setState({ user: null });
});

const kept = (secondsLeft: number) => ({
  access_token: 'kept', refresh_token: 'again', token_type: 'bearer', expires_in: 3600,
  expires_at: Math.floor(Date.now() / 1000) + secondsLeft,
  user: { id: people[0]!.id, email: 'manager@harbourpay.example', app_metadata: { role: 'manager' }, user_metadata: {}, aud: '', created_at: '' },
});
const keep = (session: object) => localStorage.setItem(sessionKey, JSON.stringify(session));

/** The token that a read goes out with. */
async function tokenOfRead(): Promise<string | null> {
  let token: string | null = null;
  server.override = (request, url) => {
    if (url.pathname.startsWith('/rest/')) token = request.headers.get('authorization');
    return undefined;
  };
  await supabase.from('profiles').select('id');
  return token;
}

describe('a kept session', () => {
  it('is used as it is while its token lasts, without asking the server', async () => {
    keep(kept(600));
    expect(await loadSession()).toEqual({ id: people[0]!.id, email: 'manager@harbourpay.example', role: 'manager' });
    expect(server.requests).toEqual([]);
    expect(await tokenOfRead()).toBe('Bearer kept');
  });

  it('is renewed before its token runs out, once for several reads', async () => {
    keep(kept(60));
    const tokens = await Promise.all([tokenOfRead(), tokenOfRead()]);
    for (const token of tokens) expect(token).not.toBe('Bearer kept');
    expect(server.requests.filter((line) => line.includes('grant_type=refresh_token'))).toHaveLength(1);
    expect((await loadSession())?.role).toBe('manager');
  });

  it('that cannot be read is none', async () => {
    localStorage.setItem(sessionKey, '{"access_token": ');
    expect(await loadSession()).toBeNull();
    expect(await tokenOfRead()).toBe('Bearer sb_publishable_test');
  });
});

describe('the end of a session', () => {
  it('is told when this tab signs out', async () => {
    await signIn('manager@harbourpay.example', 'right');
    const told = vi.fn();
    const stop = onSignedOut(told);
    await signOut();
    expect(told).toHaveBeenCalledTimes(1);
    expect(localStorage.getItem(sessionKey)).toBeNull();
    stop();
  });

  it.each([
    ['signs out', null],
    ['signs in as somebody else', { ...kept(600), user: { ...kept(600).user, id: people[1]!.id } }],
  ])('is told when another tab %s', async (_, session) => {
    keep(kept(600));
    await loadSession();
    const told = vi.fn();
    const stop = onSignedOut(told);
    if (session) keep(session);
    else localStorage.removeItem(sessionKey);
    dispatchEvent(new StorageEvent('storage', { key: sessionKey }));
    expect(told).toHaveBeenCalledTimes(1);
    expect(useSession.getState().user).toBeNull();
    stop();
  });

  it('is not told when the token is only renewed', async () => {
    keep(kept(600));
    await loadSession();
    const told = vi.fn();
    const stop = onSignedOut(told);
    keep({ ...kept(3600), access_token: 'newer' });
    dispatchEvent(new StorageEvent('storage', { key: sessionKey }));
    expect(told).not.toHaveBeenCalled();
    stop();
  });
});
