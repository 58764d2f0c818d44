// Corrections of organisations and contacts: over the version that was seen, and taken back by Undo.
import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import type { ContactPhone, ContactRow } from '../../api/rows';
import { rpc } from '../../api/rpc';
import { t } from '../../lib/en-organizations';
import { toast } from '../../ui/toasts';
import { mapLines } from './live';
import type { Kind } from './queries';

interface Versioned {
  id: string;
  version: number;
}

const whyNot = (error: unknown): string => {
  if (!(error instanceof ApiError)) return String(error);
  return error.isOffline ? t('org.no_link') : (error.details ?? error.message);
};

/** Puts what was written into the page and the lists that show it. */
function show(client: QueryClient, kind: Kind, queryKey: QueryKey, row: Versioned): void {
  client.setQueryData<Versioned>(queryKey, (now) => now && { ...now, ...row });
  mapLines(client, kind, (lines) => lines.map((line) => (line.id === row.id
    ? { ...line, ...Object.fromEntries(Object.entries(row).filter(([name]) => name in line)) } : line)));
}

/** Saves one column; says what is wrong, null when it is done. */
export function useSaveField<T extends Versioned>(kind: Kind, queryKey: QueryKey, columns: string) {
  const client = useQueryClient();
  const write = async (id: string, version: number, patch: Partial<T>): Promise<T | null> => {
    const answer = await supabase.from(kind).update(patch as Record<string, unknown>).eq('id', id).eq('version', version).select(columns)
      .overrideTypes<unknown[], { merge: false }>();
    return (unwrap(answer)[0] ?? null) as T | null;
  };
  const read = async (id: string): Promise<T | null> =>
    (await supabase.from(kind).select(columns).eq('id', id).maybeSingle()).data as T | null;

  return async <F extends keyof T & string>(row: T, field: F, value: T[F], name: string): Promise<string | null> => {
    const base = row[field];
    let now = row;
    try {
      for (let tries = 3; tries > 0; tries -= 1) {
        const patch = { [field]: value } as unknown as Partial<T>;
        const written: T | null = await write(row.id, now.version, patch);
        if (written) {
          show(client, kind, queryKey, written);
          toast(t('org.saved', { field: name }), { action: { label: t('org.undo'), run: () => void undo(written, base, field, name) } });
          return null;
        }
        const fresh = await read(row.id);
        if (!fresh || fresh.version === now.version) break;
        now = fresh;
        show(client, kind, queryKey, now);
        // Another column was changed: that is no conflict with this one.
        if (now[field] !== base) return t('org.changed', { value: String(now[field] ?? t('org.unknown')) });
      }
      return t('org.gone');
    } catch (error) {
      return whyNot(error);
    }
  };

  async function undo<F extends keyof T & string>(row: T, value: T[F], field: F, name: string): Promise<void> {
    try {
      const written = await write(row.id, row.version, { [field]: value } as unknown as Partial<T>);
      if (!written) throw new ApiError(t('org.gone'), { status: 409 });
      show(client, kind, queryKey, written);
      toast(t('org.undone', { field: name }));
    } catch (error) {
      toast(t('org.undo_failed', { reason: whyNot(error) }), { tone: 'bad' });
    }
  }
}

type Numbers = Pick<ContactPhone, 'number' | 'label'>[];

/** Replaces the numbers of a contact, the first is the primary one; says what is wrong, null when it is done. */
export async function savePhones(client: QueryClient, contact: ContactRow, phones: Numbers, isUndo = false): Promise<string | null> {
  const before = [...contact.contact_phones].sort((a, b) => Number(b.is_primary) - Number(a.is_primary));
  try {
    const { version } = await rpc<ContactRow>('set_contact_phones', { p_id: contact.id, p_version: contact.version, p_phones: phones });
    const after = { ...contact, version, contact_phones: phones.map((phone, i) => ({ ...phone, is_primary: i === 0 })) };
    client.setQueryData(keys.contact(contact.id), after);
    refresh(client, keys.organizations);
    const undo = { label: t('org.undo'), run: () => void savePhones(client, after, before, true).then((wrong) => wrong !== null && toast(t('org.undo_failed', { reason: wrong }), { tone: 'bad' })) };
    toast(t(isUndo ? 'org.phones_undone' : 'org.phones_saved', { name: contact.full_name }), isUndo || before.length === 0 ? {} : { action: undo });
    return null;
  } catch (error) {
    refresh(client, keys.contact(contact.id));
    return whyNot(error);
  }
}
