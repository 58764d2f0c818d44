// Where the session is kept: on this computer, or only until the tab closes.
const keepKey = 'flash.keep';
export const sessionKey = 'flash.session';

const place = (): Storage => (localStorage.getItem(keepKey) === 'no' ? sessionStorage : localStorage);

export function setKeepSignedIn(keep: boolean): void {
  localStorage.setItem(keepKey, keep ? 'yes' : 'no');
}

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

export const keepSignedIn = {
  getItem: (key: string): string | null => place().getItem(key),
  setItem: (key: string, value: string): void => {
    place().setItem(key, value);
    tell();
  },
  removeItem: (key: string): void => {
    localStorage.removeItem(key);
    sessionStorage.removeItem(key);
    tell();
  },
};

/** Calls back when this tab or another wrote or removed the session. */
export function onSessionKept(listener: () => void): () => void {
  const fromOther = ({ key }: StorageEvent) => (key === sessionKey || key === null) && listener();
  listeners.add(listener);
  addEventListener('storage', fromOther);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', fromOther);
  };
}

export interface TokenUser {
  id: string;
  email?: string | undefined;
  app_metadata: Record<string, unknown>;
}

/** What this app reads of the session that auth-js keeps. `expires_at` is in seconds. */
export interface KeptSession {
  access_token: string;
  expires_at: number;
  user: TokenUser;
}

/** The kept session, whatever its age; null when there is none or when it cannot be read. */
export function keptSession(): KeptSession | null {
  try {
    const kept = JSON.parse(keepSignedIn.getItem(sessionKey) ?? 'null') as Partial<KeptSession> | null;
    const { access_token: token, expires_at: until, user } = kept ?? {};
    if (token === undefined || until === undefined || !user) return null;
    return { access_token: token, expires_at: until, user: user };
  } catch {
    return null;
  }
}
