// The views everybody needs, as links with the filters in the address. The count is of the open one.
import { Link } from '@tanstack/react-router';

import { openStatuses } from '../../lib/domain';
import { t } from '../../lib/en-lead-list';
import { activeFilters, filterNames, type LeadSearch } from './filters';

type View = { key: 'open' | 'mine' | 'hot_new' | 'queue' | 'everything'; search: LeadSearch };

const open = [...openStatuses];
const views: View[] = [
  { key: 'open', search: { status: open } },
  { key: 'mine', search: { status: open, owner: 'me' } },
  { key: 'hot_new', search: { status: ['new'], band: ['hot'] } },
  { key: 'queue', search: { status: open, owner: 'none', sort: 'newest' } },
  { key: 'everything', search: { sort: 'newest' } },
];

const same = (a: LeadSearch, b: LeadSearch): boolean => {
  const [left, right] = [activeFilters(a), activeFilters(b)];
  return left.length === right.length
    && filterNames.every((name) => String(a[name] as string | undefined) === String(b[name] as string | undefined));
};

/** On a phone the chosen view may lie beyond the edge. */
const intoView = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

interface LeadViewsProps {
  search: LeadSearch;
  total: number | undefined;
  canOwn: boolean;
}

export function LeadViews({ search, total, canOwn }: LeadViewsProps) {
  return (
    <nav
      aria-label={t('leads.views')}
      className="flex h-[42px] flex-none items-center gap-0.5 overflow-x-auto border-b border-line px-2.5 [scrollbar-width:none] max-md:h-11"
    >
      <h1 className="sr-only">{t('leads.title')}</h1>
      {views.filter(({ key }) => canOwn || key !== 'mine').map(({ key, search: to }) => {
        const on = same(search, to);
        return (
          <Link
            key={key} ref={on ? intoView : undefined} to="/leads" search={{ ...to, territory: search.territory }} aria-current={on ? 'page' : undefined}
            className={`relative flex h-full flex-none items-center gap-[7px] px-2.5 whitespace-nowrap ${
              on
                ? 'font-semibold text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-sea'
                : 'font-medium text-ink-2 hover:text-ink'
            }`}
          >
            {t(`leads.${key}`)}
            {on && total !== undefined && <span className="text-12 font-normal text-ink-3">{total.toLocaleString('en')}</span>}
          </Link>
        );
      })}
    </nav>
  );
}
