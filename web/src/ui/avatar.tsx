// A person as two letters on a quiet tint; a dashed ring stands for nobody.
import { cn } from '../lib/cn';
import { initials, tint } from '../lib/person';

const sizes = {
  s: 'size-[18px] text-[8px]',
  m: 'size-[22px] text-[9.5px]',
  l: 'size-7 text-11',
  xl: 'size-9 text-14',
};

interface AvatarProps {
  id: string;
  name: string;
  size?: keyof typeof sizes;
  /** Draws the magenta ring of somebody who is here now. */
  here?: boolean;
  status?: 'online' | 'idle';
  className?: string;
}

export function Avatar({ id, name, size = 'm', here, status, className }: AvatarProps) {
  const hue = tint(id);
  return (
    <span
      role="img"
      aria-label={name}
      title={name}
      className={cn(
        'relative inline-grid flex-none place-items-center rounded-full align-middle leading-none font-semibold',
        sizes[size],
        here && 'shadow-[0_0_0_1.5px_var(--surface),0_0_0_3px_var(--flare)]',
        className,
      )}
      style={{ background: `var(--av${hue})`, color: `var(--avi${hue})` }}
    >
      <span aria-hidden="true">{initials(name)}</span>
      {status && (
        <span
          aria-hidden="true"
          className={cn(
            'absolute -right-px -bottom-px size-[7px] rounded-full shadow-[0_0_0_1.5px_var(--surface)]',
            status === 'online' ? 'bg-good' : 'border-[1.5px] border-ink-3 bg-surface',
          )}
        />
      )}
    </span>
  );
}

export function Nobody({ label }: { label: string }) {
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      className="inline-block size-[18px] flex-none rounded-full border border-dashed border-ink-3 align-middle"
    />
  );
}
