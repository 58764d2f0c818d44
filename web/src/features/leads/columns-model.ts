// Pure helpers of the columns: what there is, what is shown at first, and what a remembered choice may say.
export const columnIds = [
  'score', 'business', 'contact', 'territory', 'status', 'interest', 'revenue', 'value', 'owner', 'first_contact', 'created',
  'type', 'email', 'phone', 'tags', 'active', 'reference',
] as const;
export type ColumnId = (typeof columnIds)[number];

export interface ColumnChoice {
  id: ColumnId;
  /** Pixels, if somebody drew it wider or narrower. */
  width?: number;
}

export const firstChoice: readonly ColumnChoice[] = columnIds.slice(0, 11).map((id) => ({ id }));

export const widthLimits = [56, 480] as const;
export const clampWidth = (width: number): number => Math.round(Math.max(widthLimits[0], Math.min(widthLimits[1], width)));

/** A choice as it was kept, whoever wrote it: what is unknown or twice is left out; the business is always there. */
export function readChoice(kept: unknown): ColumnChoice[] {
  if (!Array.isArray(kept)) return [...firstChoice];
  const seen = new Set<ColumnId>();
  const choice = kept.flatMap((one: unknown): ColumnChoice[] => {
    const { id: name, width } = (typeof one === 'object' && one !== null ? one : {}) as { id?: unknown; width?: unknown };
    const id = columnIds.find((known) => known === name);
    if (id === undefined || seen.has(id)) return [];
    seen.add(id);
    return [typeof width === 'number' && Number.isFinite(width) ? { id, width: clampWidth(width) } : { id }];
  });
  if (choice.length === 0) return [...firstChoice];
  return seen.has('business') ? choice : [{ id: 'business' }, ...choice];
}

/** With a column or without it; a new one goes to the end. */
export const toggled = (choice: readonly ColumnChoice[], id: ColumnId): ColumnChoice[] =>
  choice.some((one) => one.id === id) ? choice.filter((one) => one.id !== id) : [...choice, { id }];

/** A column one place on or back. */
export function shifted(choice: readonly ColumnChoice[], id: ColumnId, by: 1 | -1): ColumnChoice[] {
  const next = [...choice];
  const at = next.findIndex((one) => one.id === id);
  const to = at + by;
  const [one, other] = [next[at], next[to]];
  if (!one || !other) return next;
  next[at] = other;
  next[to] = one;
  return next;
}

export const resized = (choice: readonly ColumnChoice[], id: ColumnId, width: number): ColumnChoice[] =>
  choice.map((one) => (one.id === id ? { id, width: clampWidth(width) } : one));

export const sameChoice = (a: readonly ColumnChoice[], b: readonly ColumnChoice[]): boolean =>
  a.length === b.length && a.every((one, i) => one.id === b[i]?.id && one.width === b[i].width);
