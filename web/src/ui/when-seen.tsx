// What stands below the fold loads its code when somebody comes to it.
import { type ReactNode, useEffect, useRef, useState } from 'react';

interface WhenSeenProps {
  children: ReactNode;
}

/** Draws its children once their place has been on screen, and keeps them. */
export function WhenSeen({ children }: WhenSeenProps) {
  const [seen, setSeen] = useState(() => typeof IntersectionObserver === 'undefined');
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = place.current;
    if (seen || !box) return undefined;
    const watch = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, [seen]);
  return seen ? children : <div ref={place} data-later className="h-px" />;
}
