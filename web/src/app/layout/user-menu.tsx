// The person's face, which opens the own menu.
import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense } from 'react';

import type { SessionUser } from '../../api/session';
import { t } from '../../lib/en';
import { Avatar } from '../../ui/avatar';
import { LazyPopover } from '../../ui/lazy-popover';

const UserPanel = lazy(() => import('./user-panel').then((part) => ({ default: part.UserPanel })));

interface UserMenuProps {
  user: SessionUser;
  name: string;
  look: 'row' | 'face';
  onSignOut: () => void;
}

export function UserMenu({ user, name, look, onSignOut }: UserMenuProps) {
  const face = <Avatar id={user.id} name={name} size={look === 'row' ? 'l' : 'xl'} status="online" />;
  return (
    <LazyPopover
      label={t('auth.account', { name })} className="w-[248px] p-3" side={look === 'row' ? 'top' : 'bottom'}
      trigger={
        <button type="button" className={look === 'row' ? 'flex w-full min-w-0 items-center gap-[9px] rounded-m text-left' : 'rounded-full'}>
          <span className="sr-only">{t('auth.account', { name })}</span>
          <span aria-hidden="true">{face}</span>
          {look === 'row' && (
            <>
              <span className="min-w-0 flex-1">
                <span aria-hidden="true" className="block truncate leading-4 font-medium">{name}</span>
                <span className="block truncate text-11 text-ink-3">{t(`role.${user.role}`)}</span>
              </span>
              <ChevronsUpDown aria-hidden="true" className="size-3.5 flex-none stroke-[1.5] text-ink-3" />
            </>
          )}
        </button>
      }
    >
      {() => (
        <Suspense>
          <UserPanel user={user} name={name} onSignOut={onSignOut} />
        </Suspense>
      )}
    </LazyPopover>
  );
}
