// The only importer of Supabase's clients. supabase-js makes all of them at once; a page needs that of REST at once,
// the socket after the first paint, and that of auth only to sign in and out and when a token runs out.
import type { GoTrueClient } from '@supabase/auth-js';
import { PostgrestClient } from '@supabase/postgrest-js';
import type { RealtimeClient } from '@supabase/realtime-js';

import { keepSignedIn, type KeptSession, keptSession, sessionKey } from './session-storage';

const key = document.querySelector<HTMLMetaElement>('meta[name="flash-key"]')?.content ?? '';

let auth: Promise<GoTrueClient> | undefined;

export function loadAuth(): Promise<GoTrueClient> {
  auth ??= import('@supabase/auth-js').then(({ AuthClient: Client }) => new Client({
    url: `${location.origin}/auth/v1`, headers: { apikey: key, authorization: `Bearer ${key}` },
    storage: keepSignedIn, storageKey: sessionKey, detectSessionInUrl: false, fetch: fetchWithRequestId,
  }));
  return auth;
}

/** How long before its end a token is not used any more; auth-js renews it from then on as well. */
const marginMs = 90_000;

/** The session of this browser, renewed first when its token has run out. */
export async function freshSession(): Promise<KeptSession | null> {
  const kept = keptSession();
  if (!kept || kept.expires_at * 1000 - Date.now() > marginMs) return kept;
  const { data } = await (await loadAuth()).getSession();
  return data.session ? { expires_at: 0, ...data.session } : null;
}

/** Puts the request id of a failed answer into its body, where error handling finds it. */
async function fetchWithRequestId(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const answer = await fetch(input, init);
  const id = answer.headers.get('x-request-id');
  const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
  if (answer.ok || !id || !isJson) return answer;
  const body = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  const { status, statusText, headers } = answer;
  return new Response(JSON.stringify({ ...body, request_id: id }), { status, statusText, headers });
}

async function fetchAsCaller(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const session = await freshSession();
  const headers = new Headers(init?.headers);
  headers.set('authorization', `Bearer ${session?.access_token ?? key}`);
  return fetchWithRequestId(input, { ...init, headers });
}

export const supabase = new PostgrestClient(`${location.origin}/rest/v1`, { headers: { apikey: key }, fetch: fetchAsCaller });

export type { RealtimeClient };

let realtime: Promise<RealtimeClient> | undefined;

/** The socket, opened by its first user: loaded after the first paint, because that does not need it. */
export function loadRealtime(): Promise<RealtimeClient> {
  realtime ??= import('@supabase/realtime-js').then(async ({ RealtimeClient: Client }) => {
    const client = new Client(`${location.origin.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: key },
      // Each heartbeat asks for the token again, which is how one about to run out is renewed in time.
      heartbeatIntervalMs: 15_000,
      accessToken: async () => (await freshSession())?.access_token ?? null,
    });
    // Before the first join, which would otherwise go out as nobody's.
    await client.setAuth();
    return client;
  });
  return realtime;
}
/** Ends the socket with the session, so that the next person does not listen with this one's token. */
export function closeRealtime(): void {
  void realtime?.then((client) => client.disconnect());
  realtime = undefined;
}

/** The enum of realtime-js would load realtime-js. */
export const isSubscribed = (status: string): boolean => status === 'SUBSCRIBED';
