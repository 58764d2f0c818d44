// The tables of the page of a territory: heads, and figures that open the list behind them.
import type { ReactNode } from 'react';

export interface Head {
  id: string;
  name: string;
  /** Left for words, right for figures. */
  words?: boolean;
  /** Which screens are too narrow for it. */
  hide?: 'phone' | 'tablet';
}

const hides = { phone: 'max-md:hidden', tablet: 'max-lg:hidden' } as const;
export const lookOf = ({ words = false, hide }: Head): string => `${words ? 'text-left' : 'text-right'} ${hide ? hides[hide] : ''}`;
export const figure = 'tabular inline-flex min-h-7 min-w-6 items-center justify-end hover:underline max-md:min-h-11';

export function Figures({ label, heads, children }: { label: string; heads: readonly Head[]; children: ReactNode }) {
  return (
    <table aria-label={label} className="mt-1 w-full">
      <thead>
        <tr>{heads.map((head) => <th key={head.id} scope="col" className={`h-7 pl-3 text-12 font-medium whitespace-nowrap text-ink-3 first:pl-0 ${lookOf(head)}`}>{head.name}</th>)}</tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

export const row = 'h-9 border-t border-line hover:bg-hover max-md:h-12';
export const dataCell = 'pl-3 whitespace-nowrap';
