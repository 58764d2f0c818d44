import { expect, it } from 'vitest';

import { firstLayout, hiddenOf, moved, nextWidth, placedAt, readLayout, resized, withWidget, without } from './layout-model';

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
  expect(hiddenOf(less)).toEqual(['feed']);
  expect(ids(withWidget(less, 'feed'))).toBe('per_day funnel hot places feed');
  expect(resized(firstLayout, 'hot', 12).find(({ id }) => id === 'hot')?.width).toBe(12);
  expect([nextWidth(3, -1), nextWidth(3, 1), nextWidth(12, 1)]).toEqual([3, 4, 12]);
});
