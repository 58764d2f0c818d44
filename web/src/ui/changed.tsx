// Marks a value that changed while it is on screen: it flashes once, then is still.
import { type ReactNode, useState } from 'react';

interface ChangedProps {
  /** What to compare; a primitive. */
  value: string | number | null;
  children: ReactNode;
  className?: string;
  /** Flash at once: the row has just been inserted. */
  fresh?: boolean;
}

export function Changed({ value, children, className = '', fresh = false }: ChangedProps) {
  const [seen, setSeen] = useState(value);
  const [times, setTimes] = useState(fresh ? 1 : 0);
  if (seen !== value) {
    setSeen(value);
    setTimes(times + 1);
  }
  return (
    <div key={times} className={`${className} ${times > 0 ? 'changed' : ''}`}>
      {children}
    </div>
  );
}
