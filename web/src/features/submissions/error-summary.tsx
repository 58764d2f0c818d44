// What needs a change, as links to the answers. It takes the focus when it appears.
import { useEffect, useRef } from 'react';

import { count, fieldName, shortRule } from '../../lib/en-form';

interface ErrorSummaryProps {
  faults: readonly { field: string; rule: string }[];
}

export function ErrorSummary({ faults }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'center' });
  }, [faults]);
  return (
    <div ref={box} role="alert" tabIndex={-1} className="-mt-1 rounded-m border-[1.5px] border-bad px-3.5 py-[11px]">
      <p className="font-semibold">{count('faults', faults.length)}</p>
      <ul>
        {faults.map(({ field, rule }) => (
          <li key={field}>
            <a
              href={`#${field}`}
              className="inline-block min-h-6 text-bad underline decoration-1 underline-offset-[3px]"
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {fieldName(field)}: {shortRule(rule)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
