// Taking a fact into a field of the lead, putting the field back, and asking the sources anew.
import type { QueryClient } from '@tanstack/react-query';

import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import type { LeadDetail } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { lookup, t } from '../../lib/en-findings';
import { toast } from '../../ui/toasts';
import type { Fact, Source } from './finding-queries';
import { showLead } from './work-mutations';

function whyNot(error: unknown): string {
  if (!(error instanceof ApiError)) return String(error);
  return lookup('why', error.isOffline ? 'offline' : error.message);
}

function show(client: QueryClient, lead: LeadDetail, row: LeadDetail): void {
  showLead(client, { ...lead, ...row });
  refresh(client, keys.findings(lead.id));
  refresh(client, keys.lead(lead.id));
}

export async function untake(client: QueryClient, lead: LeadDetail, field: string, fact: string): Promise<void> {
  const name = lookup('fact', fact);
  try {
    show(client, lead, await rpc<LeadDetail>('untake_finding', { p_lead: lead.id, p_field: field }));
    toast(t('found.undone', { name }));
  } catch (error) {
    toast(t('found.undo_failed', { name, reason: whyNot(error) }), { tone: 'bad' });
    refresh(client, keys.findings(lead.id));
  }
}

export async function take(client: QueryClient, lead: LeadDetail, source: Source, fact: Fact & { field: string }): Promise<void> {
  const name = lookup('fact', fact.name);
  try {
    const row = await rpc<LeadDetail>('take_finding', {
      p_lead: lead.id, p_version: lead.version, p_source: source, p_name: fact.name, p_value: fact.value,
    });
    show(client, lead, row);
    toast(t('found.taken', { name, source: lookup('source', source) }), {
      action: { label: t('found.undo'), run: () => void untake(client, { ...lead, ...row }, fact.field, fact.name) },
    });
  } catch (error) {
    toast(t('found.take_failed', { name, reason: whyNot(error) }), { tone: 'bad' });
    refresh(client, keys.findings(lead.id));
    refresh(client, keys.lead(lead.id));
  }
}

/** False: nothing is under way, because the sources were asked a moment ago or could not be. */
export async function askAgain(lead: string): Promise<boolean> {
  try {
    if (await rpc<boolean>('refresh_findings', { p_lead: lead })) return true;
    toast(t('found.asked_lately'));
  } catch (error) {
    toast(t('found.refresh_failed', { reason: whyNot(error) }), { tone: 'bad' });
  }
  return false;
}
