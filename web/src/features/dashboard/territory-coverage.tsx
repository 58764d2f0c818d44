// Who covers which place, the uncovered first: places without a rep, with all reps away, with none who has room.
import { Link } from '@tanstack/react-router';

import type { TerritoryNode } from '../../api/rows';
import { openStatuses } from '../../lib/domain';
import { count, t } from '../../lib/en-territory';
import { type Cover, coverOf, coverRank } from './territory-model';
import type { Covered } from './territory-queries';
import { figure } from './territory-table';
import { Widget } from './widget';

const inks: Readonly<Record<Cover, string>> = { none: 'text-bad', away: 'text-bad', full: 'text-warn', ok: 'text-ink-3' };
const columns = 'grid grid-cols-[20px_minmax(0,1fr)_34px_36px_58px_82px] items-center gap-1.5';

function Heads({ className }: { className: string }) {
  return (
    <div aria-hidden="true" className={`${columns} h-7 text-12 text-ink-3 ${className}`}>
      <span className="col-span-2">{t('terr.place')}</span>
      <span className="text-right">{t('terr.reps')}</span><span className="text-right">{t('terr.open')}</span>
      <span className="text-right">{t('terr.unowned')}</span><span>{t('terr.state')}</span>
    </div>
  );
}

interface CoverageProps {
  places: readonly Covered[];
  nodes: Map<number, TerritoryNode>;
}

export function Coverage({ places, nodes }: CoverageProps) {
  const nameOf = ({ territory_id: id }: Covered) => nodes.get(id)?.name ?? String(id);
  const sorted = [...places].sort((a, b) => coverRank[coverOf(a)] - coverRank[coverOf(b)] || b.open_leads - a.open_leads || nameOf(a).localeCompare(nameOf(b)));
  const uncovered = places.filter((place) => coverOf(place) === 'none').length;
  const full = places.filter((place) => ['away', 'full'].includes(coverOf(place))).length;
  const title = uncovered > 0 ? count('terr.cover_none', uncovered) : full > 0 ? count('terr.cover_full', full) : t('terr.cover_ok');
  return (
    <Widget id="coverage" title={title} sub={count('terr.cover_sub', places.length)}>
      <div className="mt-1 grid gap-x-8 md:grid-cols-2 xl:grid-cols-3">
        <Heads className="" /><Heads className="max-md:hidden" /><Heads className="max-xl:hidden" />
      </div>
      <ul className="grid gap-x-8 md:grid-cols-2 xl:grid-cols-3" aria-label={t('terr.cover')}>
        {sorted.map((place) => {
          const name = nameOf(place);
          const { territory_id: territory } = place;
          const cover = coverOf(place);
          const open = { status: [...openStatuses], territory };
          return (
            <li key={territory} data-place={territory} data-cover={cover} className={`${columns} min-h-9 border-t border-line hover:bg-hover max-md:min-h-12`}>
              <span className="text-ink-3">{nodes.get(territory)?.country}</span>
              <Link to="/territory" search={{ territory }} className="min-w-0 truncate leading-7 font-medium hover:underline max-md:leading-11">{name}</Link>
              <Link to="/routing" search={{ territory }} className={figure} aria-label={t('terr.reps_in', { place: name, n: place.reps })}>{place.reps}</Link>
              <Link to="/leads" search={open} className={figure} aria-label={t('terr.open_in', { place: name, n: place.open_leads })}>{place.open_leads}</Link>
              <Link
                to="/leads" search={{ ...open, owner: 'none' }} className={`${figure} ${place.unowned > 0 ? 'font-medium text-bad' : 'text-ink-3'}`}
                aria-label={t('terr.unowned_in', { place: name, n: place.unowned })}
              >
                {place.unowned}
              </Link>
              <span className={`truncate text-12 ${inks[cover]}`}>{t(`terr.state_${cover}`)}</span>
            </li>
          );
        })}
      </ul>
    </Widget>
  );
}
