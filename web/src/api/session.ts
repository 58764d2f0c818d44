// Who is signed in, as the token says. The server decides again on every request.
import { create } from 'zustand';

import { type Role, roles } from '../lib/domain';
import { closeRealtime, freshSession, loadAuth } from './client';
import { errorFrom } from './errors';
import { keptSession, onSessionKept, type TokenUser } from './session-storage';

export interface SessionUser {
  id: string;
  email: string;
  role: Role;
}

interface SessionState {
  user: SessionUser | null;
}

export const useSession = create<SessionState>(() => ({ user: null }));

function userOf(user: TokenUser | undefined): SessionUser | null {
  if (!user) return null;
  const role = roles.find((known) => known === user.app_metadata['role']) ?? 'viewer';
  return { id: user.id, email: user.email ?? '', role };
}

/** Reads the kept session; refreshes it first when it is stale. */
export async function loadSession(): Promise<SessionUser | null> {
  const user = userOf((await freshSession())?.user);
  useSession.setState({ user });
  return user;
}

export async function signIn(email: string, password: string): Promise<void> {
  const { data, error } = await (await loadAuth()).signInWithPassword({ email, password });
  if (error) throw errorFrom(error, error.status ?? 0);
  useSession.setState({ user: userOf(data.user) });
}

export async function signOut(): Promise<void> {
  // The local session goes even if the server cannot be reached.
  await (await loadAuth()).signOut({ scope: 'local' });
  useSession.setState({ user: null });
}

/** Calls back when the session ends: here, in another tab, by expiry, or because somebody else signed in. */
export function onSignedOut(listener: () => void): () => void {
  return onSessionKept(() => {
    const before = useSession.getState().user;
    const user = userOf(keptSession()?.user);
    if (!before) return;
    if (user?.id === before.id) {
      if (user.role !== before.role) useSession.setState({ user });
      return;
    }
    closeRealtime();
    useSession.setState({ user: null });
    listener();
  });
}
