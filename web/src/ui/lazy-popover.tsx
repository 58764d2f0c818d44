// A popover whose code is loaded when the pointer or the focus comes near its button, not with the page.
import { cloneElement, lazy, type ReactElement, Suspense, useState } from 'react';

import type { PopoverProps } from './popover';

const load = () => import('./popover');
const Popover = lazy(() => load().then((part) => ({ default: part.Popover })));

interface Trigger {
  onPointerEnter?: () => void;
  onFocus?: () => void;
  onClick?: () => void;
  'aria-haspopup'?: 'dialog';
  'aria-expanded'?: boolean;
}

type LazyPopoverProps = Omit<PopoverProps, 'open' | 'onOpenChange' | 'children' | 'trigger'> & {
  trigger: ReactElement<Trigger>;
  /** Gets the way to close it. */
  children: (close: () => void) => ReactElement;
};

export function LazyPopover({ trigger, children, ...rest }: LazyPopoverProps) {
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const button = cloneElement(trigger, {
    'aria-haspopup': 'dialog',
    'aria-expanded': false,
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    onClick: () => {
      setWanted(true);
      setOpen(true);
    },
  });
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <Popover {...rest} trigger={trigger} open={open} onOpenChange={setOpen}>
        {children(() => setOpen(false))}
      </Popover>
    </Suspense>
  );
}
