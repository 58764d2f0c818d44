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

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) {
      if (typeof one === 'number' || (typeof one === 'string' && one !== '')) params.append(name, String(one));
    }
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** One value or several: a list; undefined stays undefined. */
export const asList = (value: unknown): unknown[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? (value as unknown[]) : [value];

/** A whole number from 1 to `max`, however the address writes it; undefined for anything else. */
export function toInteger(value: unknown, max: number): number | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isInteger(number) && number >= 1 && number <= max ? number : undefined;
}
