// A box to tick, with its words as the label.
import { Check as CheckMark } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

import { cn } from '../lib/cn';

interface CheckProps extends Omit<ComponentProps<'input'>, 'type'> {
  children: ReactNode;
  large?: boolean;
}

export function Check({ children, large, className, ...rest }: CheckProps) {
  return (
    <label className={cn('flex cursor-default', large ? 'gap-3 text-15 leading-[21px]' : 'gap-2', className)}>
      <span className={cn('relative flex-none', large ? 'size-[22px]' : 'mt-[1.5px] size-[15px]')}>
        <input
          type="checkbox"
          className={cn(
            'peer absolute inset-0 appearance-none border border-control bg-surface',
            'checked:border-sea checked:bg-sea aria-invalid:border-bad',
            large ? 'rounded-[4px]' : 'rounded-s',
          )}
          {...rest}
        />
        <CheckMark
          aria-hidden="true"
          className={cn(
            'pointer-events-none absolute inset-0 m-auto hidden stroke-3 text-on-sea peer-checked:block',
            large ? 'size-[15px]' : 'size-[11px]',
          )}
        />
      </span>
      <span>{children}</span>
    </label>
  );
}
