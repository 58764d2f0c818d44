import { act, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { describe, expect, it } from 'vitest';

import { useRows } from './use-rows';

// Elements are 800 pixels high here (test/setup.ts): 20 rows are on screen.
const height = 40;

function List({ count }: { count: number }) {
  const box = useRef<HTMLDivElement>(null);
  const { from, to, reveal } = useRows(box, count, height);
  return (
    <div ref={box} data-testid="box">
      <output>{from} {to}</output>
      <button onClick={() => reveal(500)}>below</button>
      <button onClick={() => reveal(3)}>above</button>
    </div>
  );
}

const drawn = (): number[] => screen.getByRole('status').textContent.split(' ').map(Number);
const scrollTo = (top: number) => act(() => {
  const box = screen.getByTestId('box');
  box.scrollTop = top;
  box.dispatchEvent(new Event('scroll'));
});

describe('the rows to draw', () => {
  it('are those on screen and some beyond, wherever the list is', () => {
    render(<List count={1000} />);
    for (const first of [0, 3, 500, 980]) {
      scrollTo(first * height);
      const [from = 0, to = 0] = drawn();
      expect(from).toBeLessThanOrEqual(first);
      expect(to).toBeGreaterThanOrEqual(Math.min(1000, first + 21));
      expect(to - from).toBeLessThan(60);
    }
  });

  it('are all of a short list, and those left when a long one gets short', () => {
    const { rerender } = render(<List count={1000} />);
    scrollTo(900 * height);
    rerender(<List count={7} />);
    expect(drawn()).toEqual([0, 7]);
    rerender(<List count={0} />);
    expect(drawn()).toEqual([0, 0]);
  });

  it('scroll no further than a row needs', () => {
    render(<List count={1000} />);
    const box = screen.getByTestId('box');
    act(() => screen.getByText('below').click());
    expect(box.scrollTop).toBe(501 * height - 800);
    act(() => screen.getByText('above').click());
    expect(box.scrollTop).toBe(3 * height);
  });
});
