// A change of many leads, portion by portion: how far it is, what was refused and why, and the way back.
import { rpc } from '../../api/rpc';

export type BulkAction =
  | { action: 'status'; args: { status: string; reason?: string; activity?: { next_contact_at: string } } }
  | { action: 'assign'; args: { to: string | null; reason: string } }
  | { action: 'tag' | 'untag'; args: { tag: string } };

interface Portion {
  done: number;
  refused: { id: string; reason: string }[];
  left?: number;
}

export interface Progress {
  done: number;
  refused: Map<string, number>;
  all: number;
}

/** As many as the server takes at once and still answers within a second. */
const portion = 50;
/** A portion whose answer was lost is sent again: the server knows what of it is done. */
const tries = 3;

async function withTries<T>(send: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n += 1) {
    try {
      return await send();
    } catch (error) {
      if (n === tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, n * 500));
    }
  }
}

const add = (progress: Progress, { done, refused }: Portion): Progress => {
  const reasons = new Map(progress.refused);
  for (const { reason } of refused) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  return { ...progress, done: progress.done + done, refused: reasons };
};

/** Runs until all are seen to or `stopped` says so. Throws what the server could not be asked; `onProgress` has what is done. */
export async function changeMany(
  change: string, { action, args }: BulkAction, ids: readonly string[], onProgress: (progress: Progress) => void, stopped: () => boolean,
): Promise<Progress> {
  let progress: Progress = { done: 0, refused: new Map(), all: ids.length };
  for (let at = 0; at < ids.length && !stopped(); at += portion) {
    const some = ids.slice(at, at + portion);
    progress = add(progress, await withTries(() =>
      rpc<Portion>('bulk_change_leads', { p_change: change, p_action: action, p_args: args, p_ids: some })));
    onProgress(progress);
  }
  return progress;
}

export async function takeBack(change: string): Promise<Progress> {
  let progress: Progress = { done: 0, refused: new Map(), all: 0 };
  for (let left = 1; left > 0;) {
    const answer = await withTries(() => rpc<Portion>('undo_bulk_change', { p_change: change }));
    progress = add(progress, answer);
    left = answer.left ?? 0;
  }
  return { ...progress, all: progress.done };
}
