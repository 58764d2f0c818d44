// Imports: one's own, one of them while it works, and the steps of it.
import { queryOptions } from '@tanstack/react-query';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { rpc, run } from '../../api/rpc';
import { t } from '../../lib/en-import';

export const importStates = ['sending', 'checking', 'checked', 'running', 'done', 'undoing', 'undone', 'cancelled', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

export interface Mapping {
  /** A field for each column; empty: left out. */
  columns: string[];
  defaults: Record<string, string>;
}

export interface ImportRow {
  id: string;
  created_at: string;
  file_name: string;
  state: ImportState;
  reason: string | null;
  encoding: string | null;
  separator: string | null;
  header: string[];
  sample: string[][];
  mapping: Mapping;
  odd_bytes: number;
  total: number;
  fresh: number;
  updates: number;
  duplicates: number;
  errors: number;
  written: number;
  refused: number;
  progress: number;
}

const columns = 'id,created_at,file_name,state,reason,encoding,separator,header,sample,mapping,odd_bytes,total,fresh,updates,duplicates,errors,'
  + 'written,refused,progress';

export const works = (state: ImportState): boolean => state === 'checking' || state === 'running' || state === 'undoing';

/** While it works it is looked at every second: nobody else sees it, so nothing tells of it. */
export const importQuery = (id: string) => queryOptions({
  queryKey: keys.importOne(id),
  queryFn: async ({ signal }) => unwrap(await supabase.from('imports').select(columns).eq('id', id).abortSignal(signal).single()
    .overrideTypes<ImportRow, { merge: false }>()),
  refetchInterval: ({ state }) => (state.data && works(state.data.state) ? 1000 : false),
});

export const importsQuery = queryOptions({
  queryKey: keys.imports,
  queryFn: async ({ signal }) => unwrap(await supabase.from('imports').select(columns).neq('state', 'sending')
    .order('created_at', { ascending: false }).limit(20).abortSignal(signal).overrideTypes<ImportRow[], { merge: false }>()),
});

export interface Problem {
  line: number;
  verdict: 'new' | 'update' | 'duplicate' | 'error';
  reason: string | null;
  cells: string[];
}

export const problemsQuery = (id: string, state: ImportState) => queryOptions({
  queryKey: keys.importProblems(id, state),
  queryFn: ({ signal }) => rpc<Problem[]>('import_problems', { p_import: id }, signal),
});

export async function allProblems(id: string): Promise<Problem[]> {
  const all: Problem[] = [];
  for (;;) {
    const some = await rpc<Problem[]>('import_problems', { p_import: id, p_after: all.at(-1)?.line ?? 0 });
    all.push(...some);
    if (some.length < 1000) return all;
  }
}

const pieceBytes = 512 * 1024;
const bytesMax = 64 * 1024 * 1024;
const tries = 4;

const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
};

async function sendPiece(id: string, part: number, bytes: string): Promise<void> {
  for (let n = 1; ; n += 1) {
    try {
      await run('add_import_part', { p_import: id, p_part: part, p_bytes: bytes });
      return;
    } catch (error) {
      if (n === tries || !(error instanceof ApiError && error.isOffline)) throw error;
      await new Promise((resolve) => setTimeout(resolve, n * 1000));
    }
  }
}

/** Sends a file piece by piece and has it checked: the id of the import. */
export async function sendFile(file: File, onProgress: (share: number) => void): Promise<string> {
  if (file.size > bytesMax) throw new ApiError(t('import.too_large'));
  const { id } = await rpc<ImportRow>('begin_import', { p_name: file.name, p_bytes: file.size });
  for (let at = 0, part = 0; at < file.size; at += pieceBytes, part += 1) {
    await sendPiece(id, part, base64(new Uint8Array(await file.slice(at, at + pieceBytes).arrayBuffer())));
    onProgress(Math.min(1, (at + pieceBytes) / file.size));
  }
  await rpc('check_import', { p_import: id });
  return id;
}
