// On a phone the screens are tabs at the bottom, within reach of the thumb.
import { Link } from '@tanstack/react-router';

import { useSession } from '../../api/session';
import { t } from '../../lib/en';
import { placesOf } from './sidebar';

export function PhoneTabs() {
  const role = useSession((state) => state.user?.role ?? 'viewer');
  return (
    <nav
      aria-label={t('nav.main')}
      className="grid flex-none auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      {placesOf(role).map(({ to, label, Icon }) => (
        <Link
          key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}
          className="flex h-14 flex-col items-center justify-center gap-[3px] text-11 font-medium text-ink-3 data-[status=active]:text-sea"
        >
          <Icon aria-hidden="true" className="size-[21px] stroke-[1.5]" />
          {label}
        </Link>
      ))}
    </nav>
  );
}
