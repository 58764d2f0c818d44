// On a phone the screens are tabs at the bottom, within reach of the thumb: five at most, the rest behind the last.
import { Link } from '@tanstack/react-router';
import { ChevronUp } from 'lucide-react';

import { useSession } from '../../api/session';
import { t } from '../../lib/en';
import { LazyPopover } from '../../ui/lazy-popover';
import { placesOf } from './sidebar';

const tab = 'flex h-14 flex-col items-center justify-center gap-[3px] text-11 font-medium text-ink-3 data-[status=active]:text-sea';
const icon = 'size-[21px] stroke-[1.5]';
const tabsMost = 5;

export function PhoneTabs() {
  const role = useSession((state) => state.user?.role ?? 'viewer');
  const places = placesOf(role);
  const shown = places.length > tabsMost ? places.slice(0, tabsMost - 1) : places;
  const rest = places.slice(shown.length);
  return (
    <nav
      aria-label={t('nav.main')}
      className="grid flex-none auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]"
    >
      {shown.map(({ to, label, Icon }) => (
        <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} className={tab}>
          <Icon aria-hidden="true" className={icon} />
          {label}
        </Link>
      ))}
      {rest.length > 0 && (
        <LazyPopover
          label={t('nav.more')} align="end" className="w-[220px] p-1"
          trigger={<button type="button" className={tab}><ChevronUp aria-hidden="true" className={icon} />{t('nav.more')}</button>}
        >
          {(close) => <>{rest.map(({ to, label, Icon }) => (
            <Link key={to} to={to} onClick={close} className="flex h-11 items-center gap-3 rounded-m px-3 text-15 hover:bg-hover data-[status=active]:text-sea">
              <Icon aria-hidden="true" className="size-[18px] stroke-[1.5] text-ink-3" />{label}
            </Link>
          ))}</>}
        </LazyPopover>
      )}
    </nav>
  );
}
