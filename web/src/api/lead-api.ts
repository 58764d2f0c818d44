// The lead API for people who are signed in: a change of facts goes through the same rules as a new lead, and scores anew.
import { freshSession } from './client';
import { patchJson } from './public-api';
import type { LeadDetail } from './rows';

/** Writes over the version that was seen. 409 version_conflict: somebody changed the lead; 422: a rule was broken. */
export async function changeFacts(id: string, version: number, facts: Record<string, unknown>): Promise<Partial<LeadDetail>> {
  const session = await freshSession();
  const body = (await patchJson(`/api/submissions/${id}`, { ...facts, version }, session?.access_token ?? '')) as { submission?: Partial<LeadDetail> };
  return body.submission ?? {};
}
