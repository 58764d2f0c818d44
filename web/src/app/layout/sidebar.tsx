// The way between screens; what is not built is not here.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Building2, Globe, Inbox, LayoutDashboard, MapPin, PanelLeftClose, PanelLeftOpen, SquareKanban, Target, Users } from 'lucide-react';

import { territoriesQuery } from '../../api/directory';
import type { SessionUser } from '../../api/session';
import { markOf, viewsQuery } from '../../features/leads/view-queries';
import { useRecentLeads } from '../../features/leads/recent';
import { totalOpen } from '../../features/territories/model';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en';
import { parseSearch } from '../../lib/search';
import { locale } from '../../lib/language';
import { Button } from '../../ui/button';
import { Mark } from '../../ui/mark';
import { useLayout, toggleSidebar } from './layout-store';
import { LinkState } from './link-state';
import { sectionLink, SidebarSection } from './sidebar-section';
import { UserMenu } from './user-menu';

const places = [
  { to: '/', label: t('nav.dashboard'), Icon: LayoutDashboard, letter: 'D' },
  { to: '/today', label: t('nav.today'), Icon: Inbox, letter: 'Y' },
  { to: '/leads', label: t('nav.leads'), Icon: Users, letter: 'L' },
  { to: '/pipeline', label: t('nav.pipeline'), Icon: SquareKanban, letter: 'P' },
  { to: '/organizations', label: t('nav.organizations'), Icon: Building2, letter: 'O' },
] as const;

/** For those who answer for a team. */
const managing = [
  { to: '/territory', label: t('nav.territory'), Icon: Globe, letter: 'T' },
  { to: '/routing', label: t('nav.routing'), Icon: MapPin, letter: 'R' },
  { to: '/model', label: t('nav.model'), Icon: Target, letter: 'M' },
] as const;
export const placesOf = (role: SessionUser['role']) => (role === 'manager' || role === 'admin' ? [...places, ...managing] : places);

interface SidebarProps {
  user: SessionUser;
  name: string;
  onSignOut: () => void;
}

export function Sidebar({ user, name, onSignOut }: SidebarProps) {
  const narrow = useLayout((state) => state.narrow);
  const nodes = useQuery(territoriesQuery).data;
  const pinned = useQuery(viewsQuery).data?.filter((view) => markOf(view).pinned) ?? [];
  const recent = useRecentLeads((state) => state.leads);
  const counts: Partial<Record<string, number>> = nodes ? { '/leads': totalOpen(nodes) } : {};
  const fold = (
    <Button
      look="quiet" size="icon" onClick={toggleSidebar} aria-expanded={!narrow}
      aria-label={t(narrow ? 'nav.expand' : 'nav.collapse')} title={t(narrow ? 'nav.expand' : 'nav.collapse')}
      className="[&_svg]:size-4"
    >
      {narrow ? <PanelLeftOpen /> : <PanelLeftClose />}
    </Button>
  );
  return (
    <aside className={cn('row-span-2 flex flex-col border-r border-line bg-chrome', narrow ? 'items-center' : 'px-2')}>
      <div className={cn('flex h-12 flex-none items-center gap-2 text-15 font-semibold tracking-[-0.01em]', !narrow && 'px-2')}>
        <Mark size={narrow ? 22 : 20} />
        {!narrow && <>Flash<span className="flex-1" />{fold}</>}
      </div>
      <nav aria-label={t('nav.main')} className="grid gap-px">
        {placesOf(user.role).map(({ to, label, Icon }) => (
          <Link
            key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} title={narrow ? label : undefined}
            aria-label={narrow ? label : undefined}
            className={cn(
              'group flex items-center rounded-m font-medium text-ink-2 hover:bg-hover',
              'data-[status=active]:bg-sea-tint data-[status=active]:font-semibold data-[status=active]:text-ink',
              narrow ? 'h-[34px] w-9 justify-center' : 'h-[30px] gap-[9px] px-2',
            )}
          >
            <Icon aria-hidden="true" className="size-4 flex-none stroke-[1.5] text-ink-3 group-data-[status=active]:text-sea" />
            {!narrow && label}
            {!narrow && counts[to] !== undefined && (
              <span className="ml-auto text-12 font-normal text-ink-3">{counts[to].toLocaleString(locale())}</span>
            )}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {!narrow && pinned.length > 0 && (
          <SidebarSection name="pinned" title={t('nav.pinned')}>
            {pinned.map((view) => (
              <li key={view.id}>
                <Link to="/leads" search={{ ...parseSearch(view.query), view: view.id }} activeOptions={{ includeSearch: true }} className={sectionLink}>
                  <span className="truncate">{view.name}</span>
                </Link>
              </li>
            ))}
          </SidebarSection>
        )}
        {!narrow && recent.length > 0 && (
          <SidebarSection name="recent" title={t('nav.recent')}>
            {recent.map(({ id, name: lead }) => (
              <li key={id}>
                <Link to="/leads/$id" params={{ id }} className={sectionLink}><span className="truncate">{lead}</span></Link>
              </li>
            ))}
          </SidebarSection>
        )}
      </div>
      {narrow ? <div className="pb-2">{fold}</div> : <LinkState />}
      <div className={cn(narrow ? 'pb-3' : '-mx-2 border-t border-line px-4 py-2.5')}>
        <UserMenu user={user} name={name} look={narrow ? 'face' : 'row'} onSignOut={onSignOut} />
      </div>
    </aside>
  );
}
