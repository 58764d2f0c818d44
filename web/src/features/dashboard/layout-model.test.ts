import { expect, it } from 'vitest';

import { roles } from '../../lib/domain';
import {
  firstLayout, hiddenOf, layoutOf, layoutWord, moreIds, moved, nextWidth, placedAt, readLayout, resized, templates, widths, withWidget, without,
} from './layout-model';

const ids = (layout: readonly { id: string }[]) => layout.map(({ id }) => id).join(' ');

it('reads what was kept, and leaves out what makes no sense', () => {
  expect(readLayout(null)).toEqual(firstLayout);
  expect(readLayout([])).toEqual(firstLayout);
  expect(readLayout([{ id: 'hot', width: 12 }, { id: 'hot', width: 3 }, { id: 'funnel', width: 7 }, { id: 'x', width: 3 }, null, 'feed'])).toEqual([{ id: 'hot', width: 12 }]);
});

it('moves by one, and no further than the ends', () => {
  expect(ids(moved(firstLayout, 'funnel', -1))).toBe('funnel per_day feed hot places');
  expect(ids(moved(firstLayout, 'funnel', 1))).toBe('per_day feed funnel hot places');
  expect(moved(firstLayout, 'per_day', -1)).toEqual(firstLayout);
  expect(moved(firstLayout, 'places', 1)).toEqual(firstLayout);
});

it('puts a widget where another is, from either side', () => {
  expect(ids(placedAt(firstLayout, 'places', 'per_day'))).toBe('places per_day funnel feed hot');
  expect(ids(placedAt(firstLayout, 'per_day', 'hot'))).toBe('funnel feed hot per_day places');
  expect(placedAt(firstLayout, 'hot', 'hot')).toEqual(firstLayout);
});

it('takes out, puts back, and sizes', () => {
  const less = without(firstLayout, 'feed');
  expect(hiddenOf(less)).toEqual(['feed', ...moreIds]);
  expect(hiddenOf(moreIds.reduce(withWidget, [...firstLayout]))).toEqual([]);
  expect(ids(withWidget(less, 'feed'))).toBe('per_day funnel hot places feed');
  expect(resized(firstLayout, 'hot', 12).find(({ id }) => id === 'hot')?.width).toBe(12);
  expect([nextWidth(3, -1), nextWidth(3, 1), nextWidth(12, 1)]).toEqual([3, 4, 12]);
});

it('writes an arrangement as a word of an address, and reads it back', () => {
  expect(layoutOf(layoutWord(firstLayout))).toEqual(firstLayout);
  expect(layoutOf('weeks6.weeks5.no4.hot99.map12')).toEqual([{ id: 'weeks', width: 6 }, { id: 'map', width: 12 }]);
  expect(layoutOf(undefined)).toBeNull();
});

it.each(roles)('has a template for the %s in which nothing is lost', (role) => {
  expect(layoutOf(layoutWord(templates[role]))).toEqual(templates[role]);
  expect(templates[role].length).toBeGreaterThan(6);
  expect(templates[role].every(({ width }) => widths.includes(width))).toBe(true);
});
