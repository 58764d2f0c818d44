// Buttons. One filled (`primary`) button in a region at most.
import type { ComponentProps } from 'react';

import { cn } from '../lib/cn';

const looks = {
  plain: 'border-line-strong bg-surface text-ink hover:bg-hover',
  primary: 'border-sea bg-sea text-on-sea hover:bg-sea-strong hover:border-sea-strong',
  quiet: 'border-transparent text-ink-2 hover:bg-hover',
};

const sizes = {
  normal: 'h-7 px-2.5 gap-1.5 text-13',
  tall: 'h-10 px-3.5 gap-2 text-14',
  phone: 'h-[50px] px-3.5 gap-2 text-16 font-semibold',
  icon: 'h-7 w-7',
};

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
}

export const buttonClass = (look: keyof typeof looks = 'plain', size: keyof typeof sizes = 'normal') =>
  cn(
    'inline-flex items-center justify-center rounded-m border font-medium whitespace-nowrap select-none',
    'disabled:text-ink-off disabled:border-line disabled:bg-transparent',
    '[&_svg]:size-3.5 [&_svg]:stroke-[1.5]', looks[look], sizes[size],
  );

export function Button({ look, size, className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={cn(buttonClass(look, size), className)} {...rest} />;
}
