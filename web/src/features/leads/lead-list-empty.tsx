// Why the list is empty: no connection, nothing there yet, or filtered out. Then the next step.
import { useQueries } from '@tanstack/react-query';

import { count, t } from '../../lib/en-lead-list';
import { Button, buttonClass } from '../../ui/button';
import { cut } from '../../ui/drawings';
import { soundings, unlit } from '../../ui/drawings-of-lists';
import { Empty } from '../../ui/empty';
import { activeFilters, type FilterName, type LeadFilters, type LeadSearch } from './filters';
import { chipWords } from './lead-filter-bar';
import { leadCountQuery } from './queries';

interface LeadListEmptyProps {
  search: LeadSearch;
  filters: LeadFilters;
  offline: boolean;
  waiting: { label: string; onShow: () => void } | null;
  onSearch: (change: Partial<LeadSearch>) => void;
}

const without = (filters: LeadFilters, name: FilterName): LeadFilters => ({
  ...filters,
  ...({ status: { status: [] }, band: { band: [] }, owner: { owner: null }, days: { days: null }, tag: { tag: null }, fact: { fact: null }, q: { q: '' }, where: { where: null } } as const)[name],
});

function FilteredOut({ search, filters, onSearch }: Omit<LeadListEmptyProps, 'offline' | 'waiting'>) {
  const active = activeFilters(search);
  // Taking out one filter at a time shows which one hides the most.
  const counts = useQueries({ queries: active.map((name) => leadCountQuery(without(filters, name))) });
  const best = active
    .map((name, i) => ({ name, n: counts[i]?.data ?? 0 }))
    .sort((a, b) => b.n - a.n)[0];
  const clear = { status: undefined, band: undefined, owner: undefined, days: undefined, tag: undefined, fact: undefined, q: undefined, where: undefined };
  return (
    <Empty
      drawing={soundings} title={count('empty.filtered', active.length)}
      actions={
        <>
          {best && best.n > 0 && (
            <Button onClick={() => onSearch({ [best.name]: undefined })}>{t('empty.remove_filter')}</Button>
          )}
          <Button look="quiet" onClick={() => onSearch(clear)}>{t('filter.clear')}</Button>
        </>
      }
    >
      {best && best.n > 0
        ? t('empty.filtered_more', { all: best.n, filter: chipWords(best.name, search, []).join(' ') })
        : t('empty.filtered_plain')}
    </Empty>
  );
}

export function LeadListEmpty(props: LeadListEmptyProps) {
  if (props.waiting) {
    return (
      <Empty drawing={unlit} title={props.waiting.label} actions={<Button look="primary" onClick={props.waiting.onShow}>{t('leads.show')}</Button>}>
        {t('empty.no_leads_more')}
      </Empty>
    );
  }
  if (props.offline) return <Empty drawing={cut} title={t('empty.offline')}>{t('empty.offline_more')}</Empty>;
  if (activeFilters(props.search).length > 0) return <FilteredOut {...props} />;
  return (
    <Empty
      drawing={unlit} title={t('empty.no_leads')}
      actions={<a href="/f" target="_blank" rel="noreferrer" className={buttonClass('primary')}>{t('empty.open_form')}</a>}
    >
      {t('empty.no_leads_more')}
    </Empty>
  );
}
