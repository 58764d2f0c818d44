// The only importer of supabase-js: one client for the page, on the page's own origin.
import type { RealtimeClient } from '@supabase/realtime-js';
import { createClient } from '@supabase/supabase-js';

import { keepSignedIn } from './session-storage';

const key = document.querySelector<HTMLMetaElement>('meta[name="flash-key"]')?.content ?? '';

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

export const supabase = createClient(location.origin, key, {
  auth: { storage: keepSignedIn, storageKey: 'flash.session', detectSessionInUrl: false },
  global: { fetch: fetchWithRequestId },
});

export type { RealtimeClient };

let realtime: Promise<RealtimeClient> | undefined;

/** The socket, opened by its first user: loaded after the first paint, because that does not need it. */
export function loadRealtime(): Promise<RealtimeClient> {
  realtime ??= import('@supabase/realtime-js').then(async ({ RealtimeClient: Client }) => {
    const client = new Client(`${location.origin.replace(/^http/, 'ws')}/realtime/v1`, {
      params: { apikey: key },
      heartbeatIntervalMs: 15_000,
      accessToken: async () => (await supabase.auth.getSession()).data.session?.access_token ?? null,
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
