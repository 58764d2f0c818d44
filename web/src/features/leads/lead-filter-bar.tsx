// Filters as chips that read as a sentence, then search, order and row height.
import { ArrowDownWideNarrow, Columns3, Download, ListFilter, Plus, Rows2, Rows3, Rows4, X } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';

import type { PersonRow } from '../../api/rows';
import { leadSorts } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { count, t } from '../../lib/en-lead-list';
import { Button } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import { SearchBox } from '../../ui/search-box';
import { Segments } from '../../ui/segments';
import { type Density, densities, setDensity, useLook } from '../../ui/theme';
import { columnIds } from './columns-model';
import { useColumns } from './columns-store';
import { activeFilters, type FilterName, type LeadFilters, type LeadSearch } from './filters';

const LeadFilterPanel = lazy(() => import('./lead-filter-panel').then((part) => ({ default: part.LeadFilterPanel })));

const WhereBuilder = lazy(() => import('./where-builder').then((part) => ({ default: part.WhereBuilder })));
const WhereChips = lazy(() => import('./where-chips').then((part) => ({ default: part.WhereChips })));

const ColumnPicker = lazy(() => import('./column-picker').then((part) => ({ default: part.ColumnPicker })));

const densityIcons: Record<Density, ReactNode> = {
  compact: <Rows4 className="size-3.5 stroke-[1.5]" />,
  normal: <Rows3 className="size-3.5 stroke-[1.5]" />,
  roomy: <Rows2 className="size-3.5 stroke-[1.5]" />,
};

const facts: Readonly<Record<string, string>> = {
  business_type: t('filter.business_type'), channel: t('filter.channel'), interest_level: t('filter.interest'), score: t('filter.points'), due: t('filter.due'),
};

export function chipWords(name: FilterName, search: LeadSearch, people: readonly PersonRow[]): [string, string, string] {
  switch (name) {
    case 'status': return [t('filter.status'), t('filter.is'), (search.status ?? []).map(statusName).join(', ')];
    case 'band': return [t('filter.band'), t('filter.is'), (search.band ?? []).map((band) => t(`band.${band}`)).join(', ')];
    case 'owner': {
      const owner = search.owner === 'me' ? t('filter.owner_me') : search.owner === 'none' ? t('filter.owner_none')
        : (people.find(({ id }) => id === search.owner)?.full_name ?? t('app.somebody'));
      return [t('filter.owner'), t('filter.is'), owner];
    }
    case 'days': return [t('filter.created'), t('filter.in_last'), count('filter.days', search.days ?? 0)];
    case 'tag': return [t('filter.tag'), t('filter.is'), search.tag ?? ''];
    case 'fact': {
      const [what = '', value = ''] = (search.fact ?? '').split('.');
      return [facts[what] ?? what, t('filter.is'), what === 'score' && value !== 'none' ? `${value}–${value === '90' ? 100 : Number(value) + 9}` : value.replaceAll('_', ' ')];
    }
    case 'where': return [t('filter.conditions'), '', ''];
    case 'q': return [t('filter.name'), t('filter.starts'), search.q ?? ''];
  }
}

interface LeadFilterBarProps {
  search: LeadSearch;
  filters: LeadFilters;
  me: string;
  people: PersonRow[];
  phone: boolean;
  /** Not for those who only look. */
  onExport?: (() => void) | undefined;
  onSearch: (change: Partial<LeadSearch>) => void;
}

export function LeadFilterBar({ search, filters, me, people, phone, onExport, onSearch }: LeadFilterBarProps) {
  const columns = useColumns((state) => state.columns.length);
  const density = useLook((state) => state.density);
  const active = activeFilters(search);
  const sort = search.sort ?? 'score';
  const clear = { status: undefined, band: undefined, owner: undefined, days: undefined, tag: undefined, fact: undefined, q: undefined, where: undefined };
  return (
    <div className="flex h-11 flex-none items-center gap-1.5 overflow-x-auto border-b border-line px-4 whitespace-nowrap [scrollbar-width:none] max-md:h-[54px]">
      {active.filter((name) => name !== 'where').map((name) => {
        const [what, how, value] = chipWords(name, search, people);
        return (
          <span key={name} className="inline-flex h-[26px] flex-none items-center gap-1 rounded-m border border-line-strong pr-0.5 pl-[9px] max-md:h-9 max-md:text-14">
            <span className="text-ink-2">{what}</span>
            <span className="text-ink-3">{how}</span>
            <span className="max-w-[280px] truncate font-medium">{value}</span>
            <button
              type="button" aria-label={t('filter.remove', { name: what })} onClick={() => onSearch({ [name]: undefined })}
              className="grid size-6 place-items-center rounded-s text-ink-3 hover:bg-hover max-md:size-9"
            >
              <X aria-hidden="true" className="size-[13px] stroke-[1.5]" />
            </button>
          </span>
        );
      })}
      <LazyPopover
        label={t('filter.add')} className="w-[300px] p-4"
        trigger={<Button look="quiet" className="flex-none px-2 max-md:h-9"><Plus aria-hidden="true" />{t('filter.add')}</Button>}
      >
        {() => <Suspense><LeadFilterPanel search={search} people={people} onSearch={onSearch} /></Suspense>}
      </LazyPopover>
      {search.where !== undefined
        ? <Suspense><WhereChips where={search.where} filters={filters} me={me} people={people} onWhere={(where) => onSearch({ where })} /></Suspense>
        : (
          <LazyPopover
            label={t('filter.build')} className="w-[620px]"
            trigger={<Button look="quiet" size="icon" className="flex-none max-md:size-9" aria-label={t('filter.build')} title={t('filter.build')}><ListFilter /></Button>}
          >
            {() => <Suspense><WhereBuilder first={null} filters={filters} me={me} people={people} onSave={(where) => onSearch({ where })} /></Suspense>}
          </LazyPopover>
        )}
      {active.length > 0 && (
        <button type="button" className="flex-none px-1 text-ink-2 hover:text-ink" onClick={() => onSearch(clear)}>
          {t('filter.clear')}
        </button>
      )}
      <span className="flex-1" />
      <SearchBox label={t('filter.search')} value={search.q ?? ''} onChange={(q) => onSearch({ q: q === '' ? undefined : q })} />
      <Button
        look="quiet" className="flex-none max-md:h-9" aria-label={`${t('sort.label')}: ${t(`sort.${sort}`)}`}
        onClick={() => onSearch({ sort: leadSorts[(leadSorts.indexOf(sort) + 1) % leadSorts.length] })}
      >
        <ArrowDownWideNarrow aria-hidden="true" />{t(`sort.${sort}`)}
      </Button>
      {!phone && (
        <LazyPopover
          label={t('leads.columns', { n: columns, all: columnIds.length })} align="end" className="w-[280px] p-4"
          trigger={
            <Button look="quiet" className="flex-none" title={t('leads.columns', { n: columns, all: columnIds.length })}>
              <Columns3 aria-hidden="true" /><span className="sr-only">{t('leads.columns_short')} </span><span className="tabular">{columns}/{columnIds.length}</span>
            </Button>
          }
        >
          {() => <Suspense><ColumnPicker /></Suspense>}
        </LazyPopover>
      )}
      {onExport && (
        <Button look="quiet" size="icon" className="flex-none max-md:size-9" aria-label={t('leads.export')} title={t('leads.export')} onClick={onExport}>
          <Download />
        </Button>
      )}
      {!phone && (
        <Segments
          label={t('look.density')} value={density} onChange={setDensity}
          options={densities.map((value) => ({ value, label: t(`look.${value}`), icon: densityIcons[value] }))}
        />
      )}
    </div>
  );
}
