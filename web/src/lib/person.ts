// How a person is shown when there is little room.
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : '';
  return (first + last).toUpperCase();
}

export const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? name;

/** One of seven tints, always the same for a person. */
export function tint(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return (hash % 7) + 1;
}
