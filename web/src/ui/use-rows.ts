// Which rows of a long list are on screen: all have one height, so it is a division. Only those are in the page.
import { type RefObject, useEffect, useState } from 'react';

interface Rows {
  /** The first row to draw, and the one after the last. */
  from: number;
  to: number;
  /** Scrolls no further than needed for a row to be seen whole; `head` pixels at the top are covered. */
  reveal: (index: number, head?: number) => void;
}

/** Rows beyond the edges, so that scrolling shows no gaps, and the step in which the window follows. */
const spare = 12;
const step = 4;

export function useRows(scroller: RefObject<HTMLElement | null>, count: number, height: number): Rows {
  const [span, setSpan] = useState({ first: 0, shown: Math.ceil(innerHeight / height) });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // A state that says the same draws nothing, so that the list is drawn every few rows and not every pixel.
    const look = () => {
      const first = Math.floor(element.scrollTop / height / step) * step;
      const shown = Math.ceil(element.clientHeight / height) + step;
      setSpan((now) => (now.first === first && now.shown === shown ? now : { first, shown }));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [scroller, height]);
  const reveal = (index: number, head = 0) => {
    const element = scroller.current;
    if (!element) return;
    const above = index * height;
    const below = above + height + head - element.clientHeight;
    element.scrollTo(0, Math.max(below, Math.min(above, element.scrollTop)));
  };
  const from = Math.max(0, Math.min(span.first, count - span.shown) - spare);
  return { from, to: Math.min(count, from + span.shown + 2 * spare), reveal };
}
