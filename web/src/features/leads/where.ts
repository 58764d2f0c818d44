// Conditions joined by and, or in groups: as the address writes them, as REST asks for them, as a test of one row.
// `any(interest.least.8,all(source.is.import,owner.is.none))`. Loaded when an address has some.
import type { LeadRow } from '../../api/rows';
import { businessTypes, channels, revenueBands, statuses } from '../../lib/domain';
import { prefixPattern } from './filters';

type Kind = 'choice' | 'person' | 'place' | 'number' | 'days' | 'text' | 'tag';

interface Field {
  column: keyof LeadRow;
  kind: Kind;
  /** May be empty in a row. */
  empty?: boolean;
  options?: readonly string[];
  max?: number;
}

export const fields = {
  status: { column: 'status', kind: 'choice', options: statuses },
  owner: { column: 'owner_id', kind: 'person' },
  territory: { column: 'territory_id', kind: 'place' },
  source: { column: 'channel', kind: 'choice', options: channels },
  interest: { column: 'interest_level', kind: 'number', max: 10 },
  score: { column: 'lead_score', kind: 'number', max: 100, empty: true },
  type: { column: 'business_type', kind: 'choice', options: businessTypes },
  revenue: { column: 'monthly_revenue_band', kind: 'choice', options: revenueBands, empty: true },
  value: { column: 'stated_value', kind: 'number', max: 1_000_000_000, empty: true },
  created: { column: 'created_at', kind: 'days' },
  active: { column: 'last_activity_at', kind: 'days', empty: true },
  tag: { column: 'tags', kind: 'tag' },
  name: { column: 'business_name', kind: 'text' },
  email: { column: 'email', kind: 'text', empty: true },
} as const satisfies Record<string, Field>;
export type FieldName = keyof typeof fields;
export const fieldNames = Object.keys(fields) as FieldName[];

const ofKind = {
  choice: ['is', 'not'], person: ['is', 'not'], place: ['is', 'not'], number: ['least', 'most', 'is'],
  days: ['within', 'before'], text: ['starts', 'contains'], tag: ['has', 'lacks'],
} as const satisfies Record<Kind, readonly string[]>;
const emptiness = ['known', 'unknown'] as const;
export type How = (typeof ofKind)[Kind][number] | (typeof emptiness)[number];

export const howsOf = (field: FieldName): readonly How[] => {
  const { kind, empty }: Field = fields[field];
  return empty ? [...ofKind[kind], ...emptiness] : ofKind[kind];
};
export const needsValue = (how: How): boolean => how !== 'known' && how !== 'unknown';

export interface Test {
  field: FieldName;
  how: How;
  values: readonly string[];
}
export interface Group {
  any: boolean;
  parts: readonly Part[];
}
export type Part = Test | Group;
export const isGroup = (part: Part): part is Group => 'parts' in part;

/** The largest number a field is compared with. */
export const maxOf = (field: FieldName): number | undefined => (fields[field] as Field).max;

/** What an address may ask: more is not a filter that somebody reads. */
export const limits = { tests: 24, depth: 3, values: 40, letters: 80, days: 3650 } as const;

/** What the grammar uses itself is written as in an address. */
const escaped = (value: string): string => value.replace(/[%~(),]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);

export const writeWhere = (part: Part): string => (isGroup(part)
  ? `${part.any ? 'any' : 'all'}(${part.parts.map(writeWhere).join(',')})`
  : [part.field, part.how, ...(needsValue(part.how) ? [part.values.map(escaped).join('~')] : [])].join('.'));

const goodValue = (field: Field, value: string): boolean => {
  if (value === '' || value.length > limits.letters) return false;
  if (field.kind === 'choice') return field.options?.includes(value) ?? false;
  if (field.kind === 'person') return /^(me|none|[0-9a-f-]{36})$/.test(value);
  if (field.kind === 'place') return /^\d{1,9}$/.test(value);
  if (field.kind === 'number') return /^\d{1,10}(\.\d{1,2})?$/.test(value) && Number(value) <= (field.max ?? 0);
  return field.kind !== 'days' || (/^\d{1,4}$/.test(value) && Number(value) >= 1 && Number(value) <= limits.days);
};

/** Whether a condition says enough to be asked. */
export function isWhole(part: Part): boolean {
  if (isGroup(part)) return part.parts.length > 0 && part.parts.every(isWhole);
  const field: Field = fields[part.field];
  const single = field.kind !== 'choice' && field.kind !== 'person' && field.kind !== 'place';
  if (!howsOf(part.field).includes(part.how)) return false;
  if (!needsValue(part.how)) return part.values.length === 0;
  return part.values.length >= 1 && part.values.length <= (single ? 1 : limits.values) && part.values.every((value) => goodValue(field, value));
}

export const countTests = (part: Part): number => (isGroup(part) ? part.parts.reduce((sum, one) => sum + countTests(one), 0) : 1);

function readTest(text: string): Test | null {
  const [name = '', how = '', ...rest] = text.split('.');
  const field = fieldNames.find((one) => one === name);
  const known = field && howsOf(field).find((one) => one === how);
  if (!field || !known) return null;
  try {
    const test = { field, how: known, values: rest.length > 0 ? rest.join('.').split('~').map(decodeURIComponent) : [] };
    return isWhole(test) ? test : null;
  } catch {
    return null;
  }
}

/** Null if it cannot be read: a condition that is left out would show more than was asked. */
export function readWhere(text: string): Group | null {
  let at = 0;
  const part = (depth: number): Part | null => {
    const word = /^(any|all)\(/.exec(text.slice(at));
    if (!word) {
      const end = text.slice(at).search(/[,)]/);
      const test = readTest(end < 0 ? text.slice(at) : text.slice(at, at + end));
      at = end < 0 ? text.length : at + end;
      return test;
    }
    if (depth === limits.depth) return null;
    at += word[0].length;
    const parts: Part[] = [];
    for (;;) {
      const one = part(depth + 1);
      if (!one) return null;
      parts.push(one);
      const next = text[at];
      at += 1;
      if (next === ')') return { any: word[1] === 'any', parts };
      if (next !== ',') return null;
    }
  };
  const read = part(0);
  if (!read || at !== text.length || countTests(read) > limits.tests) return null;
  return isGroup(read) ? read : { any: false, parts: [read] };
}

/** What the words of a filter stand for: who is asking, and what lies in a territory. */
export interface Bearings {
  me: string;
  below: (node: number) => readonly number[];
}

const dayMs = 24 * 60 * 60_000;
const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`;
const list = (values: readonly (string | number)[]): string => `(${values.map((value) => quoted(String(value))).join(',')})`;

/** Those of `in` that a row may have, and whether nothing is among them. */
function membersOf(test: Test, { me, below }: Bearings): { of: readonly string[]; nothing: boolean } {
  const { kind }: Field = fields[test.field];
  if (kind === 'place') return { of: test.values.flatMap((value) => below(Number(value)).map(String)), nothing: false };
  return { of: test.values.filter((value) => value !== 'none').map((value) => (value === 'me' ? me : value)), nothing: test.values.includes('none') };
}

function restOfMembers(column: string, test: Test, at: Bearings): string {
  const { of, nothing } = membersOf(test, at);
  const among = `${column}.in.${list(of)}`;
  if (test.how === 'is') return nothing ? `or(${of.length > 0 ? `${among},` : ''}${column}.is.null)` : among;
  const not = `${column}.not.in.${list(of)}`;
  // What is empty is not among them either, unless emptiness itself is refused.
  if (nothing) return of.length > 0 ? `and(${column}.not.is.null,${not})` : `${column}.not.is.null`;
  return `or(${not},${column}.is.null)`;
}

function restOfTest(test: Test, at: Bearings, now: number): string {
  const { column } = fields[test.field];
  const [value = ''] = test.values;
  switch (test.how) {
    case 'is': return fields[test.field].kind === 'number' ? `${column}.eq.${value}` : restOfMembers(column, test, at);
    case 'not': return restOfMembers(column, test, at);
    case 'least': return `${column}.gte.${value}`;
    case 'most': return `${column}.lte.${value}`;
    case 'within': return `${column}.gte.${quoted(new Date(now - Number(value) * dayMs).toISOString())}`;
    case 'before': return `${column}.lt.${quoted(new Date(now - Number(value) * dayMs).toISOString())}`;
    // A star would be a wildcard to REST; one letter, whichever, is near enough.
    case 'starts': return `${column}.ilike.${quoted(prefixPattern(value).replaceAll('*', '_'))}`;
    case 'contains': return `${column}.ilike.${quoted(`%${prefixPattern(value).replaceAll('*', '_')}`)}`;
    case 'has': return `${column}.cs.${quoted(`{${quoted(value)}}`)}`;
    case 'lacks': return `${column}.not.cs.${quoted(`{${quoted(value)}}`)}`;
    case 'known': return `${column}.not.is.null`;
    case 'unknown': return `${column}.is.null`;
  }
}

const restOf = (part: Part, at: Bearings, now: number): string => (isGroup(part)
  ? `${part.any ? 'or' : 'and'}(${part.parts.map((one) => restOf(one, at, now)).join(',')})` : restOfTest(part, at, now));

function fitsTest(test: Test, row: LeadRow, at: Bearings, now: number): boolean {
  const has = row[fields[test.field].column];
  const [value = ''] = test.values;
  if (test.how === 'known' || test.how === 'unknown') return (has === null) === (test.how === 'unknown');
  if (test.how === 'has' || test.how === 'lacks') return row.tags.includes(value) === (test.how === 'has');
  if (test.how === 'not' || (test.how === 'is' && fields[test.field].kind !== 'number')) {
    const { of, nothing } = membersOf(test, at);
    return (has === null ? nothing : of.includes(String(has))) === (test.how === 'is');
  }
  if (has === null) return false;
  if (test.how === 'within' || test.how === 'before') {
    return (Date.parse(String(has)) >= now - Number(value) * dayMs) === (test.how === 'within');
  }
  if (test.how === 'starts' || test.how === 'contains') {
    const place = String(has).toLowerCase().indexOf(value.toLowerCase());
    return test.how === 'starts' ? place === 0 : place >= 0;
  }
  return test.how === 'is' ? Number(has) === Number(value) : test.how === 'least' ? Number(has) >= Number(value) : Number(has) <= Number(value);
}

const fitsPart = (part: Part, row: LeadRow, at: Bearings, now: number): boolean => (isGroup(part)
  ? (part.any ? part.parts.some((one) => fitsPart(one, row, at, now)) : part.parts.every((one) => fitsPart(one, row, at, now)))
  : fitsTest(part, row, at, now));

/** A filter with its bearings taken: what a list asks and by what it takes a changed row. */
export interface Where {
  /** Which rows; part of the list's key, where functions do not count. */
  key: string;
  rest: (now: number) => string;
  fits: (row: LeadRow, now: number) => boolean;
}

/** Null if the text is no filter. */
export function whereOf(text: string, at: Bearings): Where | null {
  const read = readWhere(text);
  // With no time in it: the key must not change while one looks.
  return read && { key: restOf(read, at, 0), rest: (now) => restOf(read, at, now), fits: (row, now) => fitsPart(read, row, at, now) };
}
