// Which leads are ticked: some by id, or all that match the filters.
import { create } from 'zustand';

interface Selection {
  ids: ReadonlySet<string>;
  /** Everything that matches, loaded or not. */
  all: boolean;
}

export const useSelection = create<Selection>(() => ({ ids: new Set(), all: false }));

export const clearSelection = (): void => useSelection.setState({ ids: new Set(), all: false });

export function toggleSelected(id: string): void {
  useSelection.setState(({ ids }) => {
    const next = new Set(ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next, all: false };
  });
}

/** Ticks all of these, or none of them when all are ticked already. */
export function toggleAll(shown: readonly string[]): void {
  useSelection.setState(({ ids, all }) => {
    if (all || shown.every((id) => ids.has(id))) return { ids: new Set(), all: false };
    return { ids: new Set(shown), all: false };
  });
}
