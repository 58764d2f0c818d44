// The person's own menu: language, theme, row height and sign-out.
import { LogOut } from 'lucide-react';

import type { SessionUser } from '../../api/session';
import { t } from '../../lib/en-frame';
import { LanguageChoice } from '../../ui/language-choice';
import { Segments } from '../../ui/segments';
import { densities, setDensity, setTheme, themes, useLook } from '../../ui/theme';

interface UserPanelProps {
  user: SessionUser;
  name: string;
  onSignOut: () => void;
}

export function UserPanel({ user, name, onSignOut }: UserPanelProps) {
  const { theme, density } = useLook();
  return (
    <>
      <p className="truncate font-medium">{name}</p>
      <p className="mb-3 truncate text-12 text-ink-3">{user.email}</p>
      <p aria-hidden="true" className="mb-1 text-12 text-ink-3">{t('look.language')}</p>
      <LanguageChoice className="mb-3 h-8 w-full" />
      <p aria-hidden="true" className="mb-1 text-12 text-ink-3">{t('look.theme')}</p>
      <Segments
        label={t('look.theme')} value={theme} onChange={setTheme}
        options={themes.map((value) => ({ value, label: t(`look.${value}`) }))}
      />
      <p aria-hidden="true" className="mt-3 mb-1 text-12 text-ink-3">{t('look.density')}</p>
      <Segments
        label={t('look.density')} value={density} onChange={setDensity}
        options={densities.map((value) => ({ value, label: t(`look.${value}`) }))}
      />
      <button
        type="button" onClick={onSignOut}
        className="mt-3 -mb-1 flex h-9 w-full items-center gap-2 rounded-m border-t border-line px-1 text-ink-2 hover:bg-hover"
      >
        <LogOut aria-hidden="true" className="size-3.5 stroke-[1.5]" />
        {t('auth.sign_out')}
      </button>
    </>
  );
}
