// Territory at the left, people at the right; on a phone also the mark and the person's menu.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { CircleHelp, Plus, Search } from 'lucide-react';

import type { PersonRow } from '../../api/rows';
import type { SessionUser } from '../../api/session';
import { Bell } from '../../features/notifications/bell';
import { OnlineFaces } from '../../features/presence/online-people';
import { TerritoryMenu } from '../../features/territories/territory-menu';
import { t } from '../../lib/en';
import { Button, buttonClass } from '../../ui/button';
import { Kbd } from '../../ui/kbd';
import { Mark } from '../../ui/mark';
import { usePhone } from '../../ui/use-media';
import { TerritoryFaces } from './territory-faces';
import { UserMenu } from './user-menu';

interface HeaderProps {
  user: SessionUser;
  name: string;
  people: Map<string, PersonRow>;
  onSignOut: () => void;
  onHelp: () => void;
  onSearch: () => void;
  onSearchNear: () => void;
}

export function Header({ user, name, people, onSignOut, onHelp, onSearch, onSearchNear }: HeaderProps) {
  const phone = usePhone();
  const navigate = useNavigate();
  const { territory } = useSearch({ strict: false });
  return (
    <header className="flex h-12 min-w-0 flex-none items-center gap-2.5 border-b border-line bg-surface px-4 max-md:h-[52px]">
      {phone && <span className="mr-2"><Mark /></span>}
      <TerritoryMenu
        chosen={territory} faces={(node) => <TerritoryFaces node={node} />}
        onChoose={(id) => void navigate({ to: '.', search: (now) => ({ ...now, territory: id }) })}
      />
      <span className="flex-1" />
      {phone ? (
        <Button look="quiet" size="icon" aria-label={t('nav.search')} onClick={onSearch} className="size-11 [&_svg]:size-[18px]"><Search /></Button>
      ) : (
        <button
          type="button" onClick={onSearch} onPointerEnter={onSearchNear} onFocus={onSearchNear} aria-keyshortcuts="Control+K Meta+K"
          className="flex h-[30px] w-[320px] min-w-0 items-center gap-2 rounded-m border border-line-strong bg-sunken pr-1.5 pl-2.5 text-ink-3 hover:bg-hover"
        >
          <Search aria-hidden="true" className="size-3.5 flex-none stroke-[1.5]" />
          <span className="truncate">{t('nav.search')}</span>
          <span aria-hidden="true" className="ml-auto flex-none max-lg:hidden"><Kbd>Ctrl K</Kbd></span>
        </button>
      )}
      {!phone && <span className="flex-1" />}
      <span className="max-lg:hidden"><OnlineFaces me={user.id} /></span>
      {!phone && <span aria-hidden="true" className="mx-0.5 h-[18px] w-px bg-line" />}
      <Bell
        people={people} onOpen={(id) => void navigate({ to: '/leads/$id', params: { id } })}
        foot={(close) => (
          <p className="border-t border-line px-4 py-2.5 text-12">
            <Link to="/notifications" className="font-medium text-sea hover:underline" onClick={close}>{t('nav.all_notices')}</Link>
          </p>
        )}
      />
      {phone ? (
        <UserMenu user={user} name={name} look="face" onSignOut={onSignOut} />
      ) : (
        <>
          <Button look="quiet" size="icon" aria-label={t('keys.title')} title={t('keys.title')} onClick={onHelp} className="[&_svg]:size-4">
            <CircleHelp />
          </Button>
          {user.role !== 'viewer' && (
            <a href="/f" target="_blank" rel="noreferrer" className={buttonClass('primary')}><Plus aria-hidden="true" />{t('nav.new_lead')}</a>
          )}
        </>
      )}
    </header>
  );
}
