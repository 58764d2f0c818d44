import type { ReactNode } from 'react';

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-s border border-line border-b-line-strong bg-surface px-1 text-center font-sans text-11 leading-4 font-medium text-ink-3">
      {children}
    </kbd>
  );
}
