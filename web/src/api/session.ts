// Who is signed in, as the token says. The server decides again on every request.
import { create } from 'zustand';

import { type Role, roles } from '../lib/domain';
import { closeRealtime, supabase } from './client';
import { errorFrom } from './errors';

export interface SessionUser {
  id: string;
  email: string;
  role: Role;
}

interface SessionState {
  user: SessionUser | null;
}

export const useSession = create<SessionState>(() => ({ user: null }));

interface TokenUser {
  id: string;
  email?: string | undefined;
  app_metadata: Record<string, unknown>;
}

function userOf(user: TokenUser | undefined): SessionUser | null {
  if (!user) return null;
  const role = roles.find((known) => known === user.app_metadata['role']) ?? 'viewer';
  return { id: user.id, email: user.email ?? '', role };
}

/** Reads the kept session; refreshes it first when it is stale. */
export async function loadSession(): Promise<SessionUser | null> {
  const { data } = await supabase.auth.getSession();
  const user = userOf(data.session?.user);
  useSession.setState({ user });
  return user;
}

export async function signIn(email: string, password: string): Promise<void> {
  const { data, error } = await supabase.auth.signInWithPassword({ email, password });
  if (error) throw errorFrom(error, error.status ?? 0);
  useSession.setState({ user: userOf(data.user) });
}

export async function signOut(): Promise<void> {
  // The local session goes even if the server cannot be reached.
  await supabase.auth.signOut({ scope: 'local' });
  useSession.setState({ user: null });
}

/** Calls back when the session ends in another tab or by expiry. */
export function onSignedOut(listener: () => void): () => void {
  const { data } = supabase.auth.onAuthStateChange((event, session) => {
    if (event === 'TOKEN_REFRESHED') useSession.setState({ user: userOf(session?.user) });
    if (event !== 'SIGNED_OUT') return;
    closeRealtime();
    useSession.setState({ user: null });
    listener();
  });
  return () => data.subscription.unsubscribe();
}
