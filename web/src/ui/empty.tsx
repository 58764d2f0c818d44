// Empty and missing: each says why and what to do next, with a fragment of chart.
import type { ReactNode } from 'react';

interface EmptyProps {
  /** A fragment of chart, 120 by 68. */
  drawing: ReactNode;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  heading?: 'h1' | 'h2';
}

export function Empty({ drawing, title, children, actions, heading: Heading = 'h2' }: EmptyProps) {
  return (
    <div className="flex flex-1 flex-col items-center px-5 pt-[76px] pb-10 text-center">
      <svg width="120" height="68" viewBox="0 0 120 68" aria-hidden="true">{drawing}</svg>
      <Heading className="mt-3.5 text-15">{title}</Heading>
      <p className="mt-1 mb-3.5 max-w-[34ch] text-balance text-ink-2">{children}</p>
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
