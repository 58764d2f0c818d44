// A box to tick without words beside it: its label is for those who do not see the row.
import { Check, Minus } from 'lucide-react';

interface BoxProps {
  label: string;
  checked: boolean;
  /** Some of what it stands for are ticked. */
  some?: boolean;
  onChange: () => void;
  /** Reached by Tab; in a table with keys of its own it is not. */
  tabbable?: boolean;
}

export function Box({ label, checked, some = false, onChange, tabbable = false }: BoxProps) {
  const Mark = checked ? Check : Minus;
  return (
    <span className="relative block size-[15px]">
      <input
        type="checkbox" aria-label={label} checked={checked} onChange={onChange} tabIndex={tabbable ? 0 : -1}
        ref={(input) => {
          if (input) input.indeterminate = some && !checked;
        }}
        className={`absolute inset-0 appearance-none rounded-s border ${checked || some ? 'border-sea bg-sea' : 'border-control bg-surface'}`}
      />
      {(checked || some) && <Mark aria-hidden="true" className="pointer-events-none absolute inset-0 m-auto size-[11px] stroke-3 text-on-sea" />}
    </span>
  );
}
