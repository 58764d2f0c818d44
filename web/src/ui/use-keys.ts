// Single-key commands: off while typing, and never with a modifier the browser may want. Enter and Space belong to the
// button or link that has the focus.
import { useEffect, useRef } from 'react';

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement
  && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const presses = ({ key, target }: KeyboardEvent): boolean =>
  (key === 'Enter' || key === ' ') && target instanceof Element && target.closest('a[href], button, summary') !== null;

export function useKeys(commands: Record<string, (event: KeyboardEvent) => void>, enabled = true): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    if (!enabled) return;
    let first = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || typing(event.target) || presses(event)) return;
      if (document.querySelector('[role=dialog]')) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const command = latest.current[`${first}${key}`] ?? latest.current[key];
      first = key === 'g' ? 'g ' : '';
      clearTimeout(timer);
      timer = setTimeout(() => (first = ''), 1000);
      if (!command) return;
      event.preventDefault();
      command(event);
    };
    addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', onKey);
    };
  }, [enabled]);
}
