// Changes of organisations, contacts and what belongs to them as writes of the query cache.
import type { QueryClient } from '@tanstack/react-query';
import { create } from 'zustand';

import { keys } from '../../api/keys';
import type { RowChange } from '../../api/realtime';
import { refresh } from '../../api/refresh';
import { figuresQuery, type Kind, type Line, type Pages } from './queries';

/** How many came since the list was read: they wait, so that nothing moves under the pointer. */
export const useArrived = create<Record<Kind, number>>(() => ({ organizations: 0, contacts: 0 }));

export function mapLines(client: QueryClient, kind: Kind, change: (lines: Line[]) => Line[]): void {
  client.setQueriesData<Pages>({ queryKey: [...keys.directories, kind] }, (pages) =>
    pages && { ...pages, pages: pages.pages.map(change) });
}

/** A change of a record or of what belongs to one; null says that some may have been missed. */
export function applyRecordChange(client: QueryClient, change: RowChange | null): void {
  if (!change) {
    refresh(client, keys.organizations);
    return;
  }
  if (change.table === 'submissions' || change.table === 'deals') {
    applyRecordOf(client, change);
    return;
  }
  const kind: Kind = change.table === 'contacts' ? 'contacts' : 'organizations';
  const id = String(change.record['id'] ?? change.old['id']);
  if (change.type === 'INSERT') {
    useArrived.setState((now) => ({ ...now, [kind]: now[kind] + 1 }));
    refresh(client, [...keys.organizations, 'count']);
  } else if (change.type === 'DELETE' || change.record['deleted_at'] !== null) {
    mapLines(client, kind, (lines) => lines.filter((line) => line.id !== id));
  } else {
    mapLines(client, kind, (lines) => lines.map((line) => (line.id === id && line.version < Number(change.record['version'])
      ? { ...line, ...pick(change.record, Object.keys(line)) } : line)));
  }
  refresh(client, kind === 'contacts' ? keys.contact(id) : keys.organization(id));
  const business = change.record['organization_id'] ?? change.old['organization_id'];
  if (typeof business === 'string') refresh(client, keys.organization(business));
}

const pick = (record: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));

/** A change of a lead or deal: the figures of its organisation, and the lists in which it stands. */
function applyRecordOf(client: QueryClient, change: RowChange): void {
  for (const column of ['organization_id', 'contact_id'] as const) {
    const id = change.record[column] ?? change.old[column];
    if (typeof id !== 'string') continue;
    refresh(client, keys.leadsOf(column, id));
    refresh(client, keys.dealsOfRecord(column, id));
    if (column === 'organization_id') void readFigures(client, id);
  }
}

async function readFigures(client: QueryClient, id: string): Promise<void> {
  const shown = client.getQueriesData<Pages>({ queryKey: [...keys.directories, 'organizations'] })
    .some(([, pages]) => pages?.pages.some((lines) => lines.some((line) => line.id === id)));
  refresh(client, keys.figuresOf(id));
  if (!shown) return;
  const figures = await client.query({ ...figuresQuery(id), staleTime: 0 }).catch(() => null);
  if (figures) mapLines(client, 'organizations', (lines) => lines.map((line) => (line.id === id ? { ...line, ...figures } : line)));
}
