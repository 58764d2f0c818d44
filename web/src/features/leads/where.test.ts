import { describe, expect, it } from 'vitest';

import type { LeadRow } from '../../api/rows';
import { makeLeads } from '../../test/fixture-data';
import { limits, readWhere, whereOf, writeWhere } from './where';

const now = Date.parse('2026-11-22T15:00:00Z');
const base: LeadRow = {
  ...makeLeads(1, now)[0]!, business_name: 'Blue Mahoe Café', status: 'new', lead_score: 85, owner_id: 'kemar', interest_level: 8, channel: 'import',
  territory_id: 4, created_at: '2026-11-21T10:00:00Z', last_activity_at: null, deleted_at: null, tags: ['expo'], stated_value: null,
  monthly_revenue_band: null, email: null, business_type: 'retail',
};
const at = { me: 'kemar', below: (node: number) => (node === 1 ? [1, 4] : [node]) };
const rest = (text: string) => whereOf(text, at)?.rest(now);
const fits = (text: string, row: Partial<LeadRow> = {}) => whereOf(text, at)?.fits({ ...base, ...row }, now);

describe('an address', () => {
  it.each([
    'any(interest.least.8,all(source.is.import,owner.is.none~me))',
    'all(name.starts.Blue %28 %2c %29 %7e %25 Café,tag.lacks.a"b)',
    'all(value.unknown,active.before.14,any(status.not.new~contacted,territory.is.1))',
  ])('%s comes back as it was', (text) => {
    const read = readWhere(text);
    expect(read).not.toBeNull();
    expect(writeWhere(read!)).toBe(text);
  });

  it('may be one condition alone', () => expect(readWhere('interest.least.8')).toEqual({ any: false, parts: [{ field: 'interest', how: 'least', values: ['8'] }] }));

  it.each([
    '', 'any', 'any(', 'any()', 'any(interest.least.8', 'any(interest.least.8))', 'interest.least.11', 'interest.least.x', 'status.is.bogus', 'status.is.', 'owner.is.x',
    'created.within.0', 'created.within.9999', 'name.starts.%', 'nothing.is.new', 'status.least.new', 'constructor.is.new', 'value.unknown.5', 'interest.unknown',
    'any(any(any(any(interest.least.8))))', `name.starts.${'a'.repeat(81)}`, `any(${'interest.is.1,'.repeat(limits.tests)}interest.is.1)`,
  ])('%j is no filter', (text) => expect(readWhere(text)).toBeNull());

  it('may be as deep and as long as the limits', () => {
    expect(readWhere('any(any(any(interest.least.8)))')).not.toBeNull();
    expect(readWhere(`any(${Array(limits.tests).fill('interest.is.1').join(',')})`)).not.toBeNull();
    expect(readWhere(`name.starts.${'a'.repeat(80)}`)).not.toBeNull();
  });
});

it.each([
  ['any(interest.least.8,all(source.is.import,owner.is.none))', 'or(interest_level.gte.8,and(channel.in.("import"),or(owner_id.is.null)))'],
  ['owner.not.me', 'and(or(owner_id.not.in.("kemar"),owner_id.is.null))'],
  ['owner.not.me~none', 'and(and(owner_id.not.is.null,owner_id.not.in.("kemar")))'],
  ['owner.is.me~none', 'and(or(owner_id.in.("kemar"),owner_id.is.null))'],
  ['territory.is.1', 'and(territory_id.in.("1","4"))'],
  ['name.contains.50%25*"', 'and(business_name.ilike."%50\\\\%_\\"%")'],
  ['tag.has.a"b', 'and(tags.cs."{\\"a\\\\\\"b\\"}")'],
  ['created.before.1', 'and(created_at.lt."2026-11-21T15:00:00.000Z")'],
])('%s is asked as %s', (text, asked) => expect(rest(text)).toBe(asked));

it.each([
  ['any(interest.least.9,source.is.import)', {}, true],
  ['any(interest.least.9,source.is.api)', {}, false],
  ['all(interest.least.8,owner.is.me)', {}, true],
  ['owner.is.me', { owner_id: null }, false],
  ['owner.not.me', { owner_id: null }, true],
  ['owner.not.me~none', { owner_id: null }, false],
  ['owner.is.none', { owner_id: null }, true],
  ['territory.is.1', {}, true],
  ['territory.not.1', {}, false],
  ['score.unknown', { lead_score: null }, true],
  ['score.most.90', { lead_score: null }, false],
  ['score.is.85', {}, true],
  ['value.least.1000', { stated_value: 1000 }, true],
  ['revenue.not.0-10k', {}, true],
  ['created.within.2', {}, true],
  ['created.before.2', {}, false],
  ['active.before.1', {}, false],
  ['name.starts.blue', {}, true],
  ['name.contains.MAHOE', {}, true],
  ['email.contains.x', {}, false],
  ['tag.has.expo', {}, true],
  ['tag.lacks.expo', {}, false],
] as const)('%s of %o: %s', (text, row, fit) => expect(fits(text, row)).toBe(fit));
