import { expect, it } from 'vitest';

import { translator } from './messages';

const { t, count } = translator({ hello: 'Hello {name}', plain: 'Plain', row_one: '{n} row', row_other: '{n} rows' } as const);

it('fills the places', () => {
  expect(t('hello', { name: 'Kemar' })).toBe('Hello Kemar');
  expect(t('plain')).toBe('Plain');
});

it('does not read the places of what is filled in', () => {
  expect(t('hello', { name: '{name}' })).toBe('Hello {name}');
});

it('picks the plural and groups the figure', () => {
  expect(count('row', 1)).toBe('1 row');
  expect(count('row', 1204)).toBe('1,204 rows');
});
