import { expect, it } from 'vitest';

import { clampWidth, firstChoice, readChoice, resized, sameChoice, shifted, toggled } from './columns-model';

it('reads what was kept, and leaves out what makes no sense', () => {
  expect(readChoice(null)).toEqual(firstChoice);
  expect(readChoice([])).toEqual(firstChoice);
  expect(readChoice([{ id: 'score', width: 90.4 }, { id: 'business' }, { id: 'score' }, { id: '<b>' }, 7, null, { id: 'tags', width: 'x' }]))
    .toEqual([{ id: 'score', width: 90 }, { id: 'business' }, { id: 'tags' }]);
  expect(readChoice([{ id: 'tags' }])).toEqual([{ id: 'business' }, { id: 'tags' }]);
});

it('keeps widths within bounds', () => {
  expect([clampWidth(1), clampWidth(56), clampWidth(480), clampWidth(481)]).toEqual([56, 56, 480, 480]);
  expect(resized([{ id: 'tags' }], 'tags', 10_000)).toEqual([{ id: 'tags', width: 480 }]);
});

it('adds at the end, takes out, and moves by one', () => {
  const choice = readChoice([{ id: 'business' }, { id: 'score' }]);
  expect(toggled(choice, 'tags').map(({ id }) => id)).toEqual(['business', 'score', 'tags']);
  expect(toggled(choice, 'score').map(({ id }) => id)).toEqual(['business']);
  expect(shifted(choice, 'score', -1).map(({ id }) => id)).toEqual(['score', 'business']);
  expect(shifted(choice, 'score', 1)).toEqual(choice);
  expect(sameChoice(choice, shifted(choice, 'score', -1))).toBe(false);
  expect(sameChoice(choice, [...choice])).toBe(true);
});
