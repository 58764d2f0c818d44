// The lead API for people who are signed in: a change of facts goes through the same rules as a new lead, and scores anew.
import { freshSession } from './client';
import { callJson } from './public-api';
import type { LeadDetail } from './rows';

/** An answer of the lead API for the person of this browser. */
export async function asCaller(method: 'GET' | 'PATCH' | 'POST' | 'PUT', path: string, body?: unknown): Promise<unknown> {
  return callJson(method, path, (await freshSession())?.access_token ?? '', body);
}

/** Writes over the version that was seen. 409 version_conflict: somebody changed the lead; 422: a rule was broken. */
export async function changeFacts(id: string, version: number, facts: Record<string, unknown>): Promise<Partial<LeadDetail>> {
  const body = (await asCaller('PATCH', `/api/submissions/${id}`, { ...facts, version })) as { submission?: Partial<LeadDetail> };
  return body.submission ?? {};
}
