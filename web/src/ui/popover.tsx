// What floats: a panel on a trigger, closed by Escape or a click outside, focus returned.
import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

import { cn } from '../lib/cn';

export interface PopoverProps {
  trigger: ReactNode;
  children: ReactNode;
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'right' | 'bottom' | 'left';
  className?: string;
}

export function Popover({ trigger, children, label, open, onOpenChange, align = 'start', side = 'bottom', className }: PopoverProps) {
  const state = open === undefined ? {} : { open };
  const change = onOpenChange ? { onOpenChange } : {};
  return (
    <Radix.Root {...state} {...change}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={cn('animate-rise z-30 max-w-[calc(100vw-16px)] rounded-l bg-raised shadow-e2 outline-none', className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
