// URL search the plain way: `status=new&status=contacted`, no JSON, so people can read and edit it.
export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    if (before === undefined) found[name] = value;
    else found[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
  return found;
}

export function stringifySearch(search: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search) as [string, unknown][]) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (typeof one === 'number' || (typeof one === 'string' && one !== '')) params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The value if it is text of this form; undefined for anything else. */
export const textLike = (value: unknown, form: RegExp): string | undefined =>
  typeof value === 'string' && form.test(value) ? value : undefined;

/** The value if it is one of these words; undefined for anything else. */
export const oneOf = <T extends string>(value: unknown, words: readonly T[]): T | undefined =>
  words.find((word) => word === value);

/** One value or several: those of them that are words of the list; undefined if none is. */
export function someOf<T extends string>(value: unknown, words: readonly T[]): T[] | undefined {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const known = given.flatMap((one) => oneOf(one, words) ?? []);
  return known.length > 0 ? known : undefined;
}

/** A whole number from 1 to `max`, however the address writes it; undefined for anything else. */
export function toInteger(value: unknown, max: number): number | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number <= max ? number : undefined;
}
