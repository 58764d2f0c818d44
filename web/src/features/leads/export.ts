// The rows of a list as a file: the server makes it while it is sent.
import { freshSession } from '../../api/client';
import { ApiError, errorFrom } from '../../api/errors';
import { count, t } from '../../lib/en-lead-work';
import { isoDay } from '../../lib/time';
import { toast } from '../../ui/toasts';
import { useColumns } from './columns-store';
import type { LeadFilters } from './filters';
import { queryText } from './queries';

async function fetchFile(filters: LeadFilters, ids: readonly string[]): Promise<Blob> {
  const session = await freshSession();
  const columns = useColumns.getState().columns.map(({ id }) => id);
  const answer = await fetch('/api/leads/export', {
    method: 'POST', body: JSON.stringify({ query: queryText(filters), columns, ...(ids.length > 0 && { ids }) }),
    headers: { authorization: `Bearer ${session?.access_token ?? ''}`, 'content-type': 'application/json' },
  }).catch(() => undefined);
  if (!answer) throw new ApiError(t('view.offline'));
  if (!answer.ok) throw errorFrom(await answer.json().catch(() => ({})), answer.status);
  return answer.blob();
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // Firefox reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Those ticked, or all that match when none are named; the columns are those on screen. `n` is for the words only. */
export async function exportLeads(filters: LeadFilters, ids: readonly string[], n: number | undefined): Promise<void> {
  const done = toast(n === undefined ? t('export.begun') : count('export.begun_of', n), { ms: 600_000 });
  try {
    const file = await fetchFile(filters, ids);
    save(file, `leads-${isoDay(new Date())}.csv`);
    toast(t('export.done', { size: Math.max(1, Math.round(file.size / 1024)) }));
  } catch (error) {
    toast(t('export.failed', { reason: error instanceof Error ? error.message : String(error) }), { tone: 'bad' });
  } finally {
    done();
  }
}
