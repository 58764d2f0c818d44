// Territory at the left, people at the right; on a phone also the mark and the person's menu.
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleHelp } from 'lucide-react';

import type { SessionUser } from '../../api/session';
import { OnlineFaces } from '../../features/presence/online-people';
import { TerritoryMenu } from '../../features/territories/territory-menu';
import { t } from '../../lib/en';
import { Button } from '../../ui/button';
import { Mark } from '../../ui/mark';
import { usePhone } from '../../ui/use-media';
import { UserMenu } from './user-menu';

interface HeaderProps {
  user: SessionUser;
  name: string;
  onSignOut: () => void;
  onHelp: () => void;
}

export function Header({ user, name, onSignOut, onHelp }: HeaderProps) {
  const phone = usePhone();
  const navigate = useNavigate();
  const { territory } = useSearch({ strict: false });
  return (
    <header className="flex h-12 min-w-0 flex-none items-center gap-2.5 border-b border-line bg-surface px-4 max-md:h-[52px]">
      {phone && <span className="mr-2"><Mark /></span>}
      <TerritoryMenu
        chosen={territory}
        onChoose={(id) => void navigate({ to: '.', search: (now) => ({ ...now, territory: id }) })}
      />
      <span className="flex-1" />
      <OnlineFaces me={user.id} />
      {phone ? (
        <UserMenu user={user} name={name} look="face" onSignOut={onSignOut} />
      ) : (
        <>
          <span aria-hidden="true" className="mx-0.5 h-[18px] w-px bg-line" />
          <Button look="quiet" size="icon" aria-label={t('keys.title')} title={t('keys.title')} onClick={onHelp} className="[&_svg]:size-4">
            <CircleHelp />
          </Button>
        </>
      )}
    </header>
  );
}
