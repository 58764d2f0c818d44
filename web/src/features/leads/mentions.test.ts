import { expect, it } from 'vitest';

import type { PersonRow } from '../../api/rows';
import { candidates, mentionAt, mentioned, withMention } from './mentions';

const person = (id: string, full_name: string, active = true): PersonRow => ({ id, full_name, role: 'rep', active, time_zone: 'UTC' });
const people = [person('k', 'Kemar Clarke'), person('r', 'Rochelle Grant'), person('z', 'Zoë Ann'), person('g', 'Kemar Gone', false)];

it('knows what is typed after an @', () => {
  expect(mentionAt('@', 1)).toEqual({ at: 0, word: '' });
  expect(mentionAt('ask @kem', 8)).toEqual({ at: 4, word: 'kem' });
  expect(mentionAt('ask @kem now', 8)).toEqual({ at: 4, word: 'kem' });
  expect(mentionAt('ask @Kemar Cl', 13)).toEqual({ at: 4, word: 'Kemar Cl' });
  expect(mentionAt('ask @Kemar Clarke now', 21)).toBeNull();
  expect(mentionAt('write to a@b.example', 20)).toBeNull();
  expect(mentionAt('plain', 5)).toBeNull();
});

it('offers people by any part of their names, without accents, and nobody who left', () => {
  expect(candidates(people, 'k').map(({ id }) => id)).toEqual(['k']);
  expect(candidates(people, 'gra').map(({ id }) => id)).toEqual(['r']);
  expect(candidates(people, 'zoe').map(({ id }) => id)).toEqual(['z']);
  expect(candidates(people, 'emar')).toEqual([]);
});

it('puts a name in and reads names out', () => {
  const typed = mentionAt('ask @kem about it', 8)!;
  const text = withMention('ask @kem about it', typed, 'Kemar Clarke');
  expect(text).toBe('ask @Kemar Clarke about it');
  expect(mentioned(text, people)).toEqual(['k']);
  expect(mentioned('@Kemar Clarkeson and @Zoë Ann, @Rochelle', people)).toEqual(['z']);
});
