// The pipeline: what is open and worth, as a board or as a table.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery, withBelow } from '../../api/directory';
import type { SessionUser } from '../../api/session';
import { count, t } from '../../lib/en-board';
import { dayMonth } from '../../lib/time';
import { Segments } from '../../ui/segments';
import { Board } from './board';
import { dollars } from './board-column';
import type { BoardFilters, BoardSearch } from './board-model';
import { totalsQuery } from './board-queries';

const DealTable = lazy(() => import('./deal-table').then((part) => ({ default: part.DealTable })));

interface BoardScreenProps {
  user: SessionUser;
  search: BoardSearch;
  onSearch: (change: Partial<BoardSearch>) => void;
}

function Summary({ filters }: { filters: BoardFilters }) {
  const totals = useQuery(totalsQuery(filters)).data;
  if (!totals) return null;
  const { columns } = totals;
  const sum = (pick: (one: (typeof columns)[number]) => number) => columns.reduce((all, one) => all + pick(one), 0);
  const words = { amount: dollars(sum((one) => one.weighted_usd)), day: totals.rate_date === null ? '–' : dayMonth(new Date(`${totals.rate_date}T12:00:00`)) };
  return (
    <p className="truncate text-ink-2 max-md:hidden">
      {count('board.open', sum((one) => one.deals))}, <b className="font-semibold text-ink">{dollars(sum((one) => one.usd))}</b>,{' '}
      {t(totals.example_rates ? 'board.weighted_examples' : 'board.weighted_at', words)}
    </p>
  );
}

export function BoardScreen({ user, search, onSearch }: BoardScreenProps) {
  const people = useQuery(peopleQuery).data;
  const tree = useQuery(territoriesQuery).data;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const nodes = useMemo(() => nodeById(tree ?? []), [tree]);
  const filters = useMemo<BoardFilters>(() => ({
    owner: search.owner === 'me' ? user.id : (search.owner ?? null),
    territory: search.territory ?? null,
    nodes: search.territory !== undefined && tree ? [...withBelow(tree, search.territory)].sort((a, b) => a - b) : null,
  }), [search.owner, search.territory, tree, user.id]);
  const waitsForTree = search.territory !== undefined && !tree;
  const view = search.view ?? 'board';
  const owners = (people ?? []).filter(({ role, active }) => role !== 'viewer' && active);
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[54px]">
        <h1 className="text-15">{t('board.title')}</h1>
        {!waitsForTree && <Summary filters={filters} />}
        <span className="flex-1" />
        {view === 'table' && (
          <Segments
            label={t('board.state')} value={search.state ?? 'open'}
            onChange={(state) => onSearch({ state: state === 'closed' ? 'closed' : undefined })}
            options={[{ value: 'open', label: t('board.state_open') }, { value: 'closed', label: t('board.state_closed') }]}
          />
        )}
        <Segments
          label={t('board.view')} value={view} onChange={(next) => onSearch({ view: next === 'table' ? 'table' : undefined })}
          options={[{ value: 'board', label: t('board.board') }, { value: 'table', label: t('board.table') }]}
        />
        <label className="max-md:max-w-28">
          <span className="sr-only">{t('board.owner')}</span>
          <select
            value={search.owner ?? ''} onChange={(event) => onSearch({ owner: event.target.value || undefined })}
            className="h-7 w-full rounded-m border border-transparent bg-surface px-1.5 font-medium text-ink-2 hover:bg-hover max-md:h-10"
          >
            <option value="">{t('board.all_owners')}</option>
            {user.role !== 'viewer' && <option value="me">{t('board.my_deals')}</option>}
            {owners.map(({ id, full_name: name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </label>
      </div>
      {!waitsForTree && (view === 'board'
        ? <Board user={user} filters={filters} people={byId} nodes={nodes} />
        : (
          <Suspense>
            <DealTable
              filters={filters} sort={search.sort ?? 'score'} closed={search.state === 'closed'} people={byId} nodes={nodes}
              onSort={(sort) => onSearch({ sort: sort === 'score' ? undefined : sort })}
            />
          </Suspense>
        ))}
    </>
  );
}
