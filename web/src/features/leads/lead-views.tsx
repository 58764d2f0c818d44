// Views as tabs: those everybody needs and the saved ones, as links with the filters in the address. What differs from
// the saved one can be saved or given up. The count is of the open one.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ellipsis, Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';

import type { TerritoryNode } from '../../api/rows';
import { openStatuses } from '../../lib/domain';
import { t } from '../../lib/en-lead-list';
import { parseSearch, stringifySearch } from '../../lib/search';
import { locale } from '../../lib/language';
import { Button, buttonClass } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import { readChoice } from './columns-model';
import { setColumns } from './columns-store';
import { activeFilters, filterNames, type LeadSearch } from './filters';
import { viewsQuery } from './view-queries';

const SaveView = lazy(() => import('./view-panel').then((part) => ({ default: part.SaveView })));
const ViewChanges = lazy(() => import('./view-changes').then((part) => ({ default: part.ViewChanges })));
const ViewOptions = lazy(() => import('./view-panel').then((part) => ({ default: part.ViewOptions })));

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

/** What of the address a view keeps. */
const queryOf = ({ status, band, owner, days, tag, fact, q, where, sort }: LeadSearch): string =>
  stringifySearch({ status, band, owner, days, tag, fact, q, where, sort }).slice(1);

/** On a phone the chosen view may lie beyond the edge. */
const intoView = (tab: HTMLElement | null) => tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });

const tabClass = (on: boolean): string => `relative flex h-full flex-none items-center gap-[7px] px-2.5 whitespace-nowrap ${
  on
    ? 'font-semibold text-ink after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:bg-sea'
    : 'font-medium text-ink-2 hover:text-ink'
}`;

interface LeadViewsProps {
  search: LeadSearch;
  total: number | undefined;
  me: string;
  canOwn: boolean;
  /** Where views may be shared. */
  shareable: TerritoryNode[];
  onView: (id: string | undefined, query: string) => void;
}

export function LeadViews({ search, total, me, canOwn, shareable, onView }: LeadViewsProps) {
  const saved = useQuery(viewsQuery).data ?? [];
  const now = saved.find(({ id }) => id === search.view);
  const counted = total !== undefined && <span className="text-12 font-normal text-ink-3">{total.toLocaleString(locale())}</span>;
  return (
    <div className="flex h-[42px] flex-none items-center border-b border-line pr-4 max-md:h-11 max-md:pr-0">
      <h1 className="sr-only">{t('leads.title')}</h1>
      <nav aria-label={t('leads.views')} className="flex h-full min-w-0 flex-1 items-center gap-0.5 overflow-x-auto px-2.5 [scrollbar-width:none]">
        {views.filter(({ key }) => canOwn || key !== 'mine').map(({ key, search: to }) => {
          const on = now === undefined && same(search, to);
          return (
            <Link
              key={key} ref={on ? intoView : undefined} to="/leads" search={{ ...to, territory: search.territory }} aria-current={on ? 'page' : undefined}
              className={tabClass(on)}
            >
              {t(`leads.${key}`)}{on && counted}
            </Link>
          );
        })}
        {saved.map((view) => (
          <Link
            key={view.id} ref={view === now ? intoView : undefined} to="/leads" aria-current={view === now ? 'page' : undefined}
            search={{ ...parseSearch(view.query), view: view.id, territory: search.territory }} className={tabClass(view === now)}
            onClick={() => setColumns(readChoice(view.columns))}
          >
            {view.name}{view === now && counted}
          </Link>
        ))}
        {now && (
          <LazyPopover
            label={t('view.options')} className="w-[264px]"
            trigger={<Button look="quiet" size="icon" aria-label={t('view.options')} title={t('view.options')} className="flex-none"><Ellipsis /></Button>}
          >
            {(close) => (
              <Suspense>
                <ViewOptions view={now} mine={now.owner_id === me} onClose={close} onDeleted={() => onView(undefined, queryOf(search))} />
              </Suspense>
            )}
          </LazyPopover>
        )}
        <LazyPopover
          label={t('view.save_as')} className="w-[300px]"
          trigger={<Button look="quiet" size="icon" aria-label={t('view.save_as')} title={t('view.save_as')} className="flex-none"><Plus /></Button>}
        >
          {(close) => (
            <Suspense>
              <SaveView
                query={queryOf(search)} nodes={shareable}
                onSaved={(id) => {
                  close();
                  onView(id, queryOf(search));
                }}
              />
            </Suspense>
          )}
        </LazyPopover>
      </nav>
      {canOwn && <Link to="/leads/import" search={{ territory: search.territory }} className={`${buttonClass('quiet')} flex-none max-md:hidden`}>{t('leads.import')}</Link>}
      <Link to="/leads/duplicates" search={{ territory: search.territory }} className={`${buttonClass('quiet')} flex-none max-md:hidden`}>{t('leads.duplicates')}</Link>
      {now && <Suspense><ViewChanges view={now} query={queryOf(search)} mine={now.owner_id === me} onView={onView} /></Suspense>}
    </div>
  );
}
