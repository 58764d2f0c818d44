// The head of a column: what it is, how many, and how much money.
import type { ReactNode } from 'react';
import { locale } from '../../lib/language';

interface ColumnHeadProps {
  dial: ReactNode;
  name: string;
  /** Null while it is not known. */
  count: number | string | null;
  sum: ReactNode;
  more: ReactNode;
}

export function ColumnHead({ dial, name, count, sum, more }: ColumnHeadProps) {
  return (
    <header className="h-[58px] flex-none border-b border-line bg-surface px-3 pt-2.5">
      <h2 className="flex items-center gap-2">
        {dial}{name}
        <span className="font-normal text-ink-3">{typeof count === 'number' ? count.toLocaleString(locale()) : count}</span>
      </h2>
      <p className="mt-1 truncate text-12 text-ink-2"><b className="font-semibold text-ink">{sum}</b> {more}</p>
    </header>
  );
}
