// Which places hold the open leads: the eight with most, each a link to its list with the same count.
import { Link } from '@tanstack/react-router';

import { withBelow } from '../../api/directory';
import type { TerritoryNode } from '../../api/rows';
import { countryOf, openStatuses } from '../../lib/domain';
import { t } from '../../lib/en-dash';
import { locale } from '../../lib/language';
import { ChartWidget } from './chart-widget';

const shown = 8;

/** The deepest places under the chosen one, most open leads first. */
function busiest(nodes: readonly TerritoryNode[], territory: number | undefined): TerritoryNode[] {
  const inside = territory === undefined ? null : withBelow([...nodes], territory);
  const parents = new Set(nodes.map((node) => node.parent_id));
  return nodes
    .filter((node) => !parents.has(node.id) && node.open_leads > 0 && (inside === null || inside.has(node.id)))
    .sort((a, b) => b.open_leads - a.open_leads || a.name.localeCompare(b.name))
    .slice(0, shown);
}

export function OpenByPlace({ nodes, territory }: { nodes: TerritoryNode[]; territory: number | undefined }) {
  const places = busiest(nodes, territory);
  const most = places[0]?.open_leads ?? 1;
  return (
    <ChartWidget
      id="places" title={t('dash.places')} sub={places.length === shown ? t('dash.places_sub') : undefined} heads={[t('dash.place'), t('dash.leads')]}
      rows={places.map(({ name, open_leads: leads }) => [name, leads])}
    >
      <ul className="mt-1.5 min-h-0 overflow-auto">
        {places.map((place) => (
          <li key={place.id}>
            <Link
              to="/leads" search={{ status: [...openStatuses], territory: place.id }}
              className="flex h-[27px] items-center gap-2 hover:bg-hover max-md:h-11"
            >
              <span className="w-[26px] text-ink-3">{place.country}</span>
              <span className="w-[104px] truncate text-ink-2">{place.name}</span>
              <span className="flex flex-1 items-center gap-2">
                <span
                  aria-hidden="true" className="h-[14px]"
                  style={{
                    width: `${(place.open_leads / most) * 80}%`,
                    background: `var(--c${countryOf(place.country ?? '').series})`,
                  }}
                />
                <b className="tabular font-semibold">{place.open_leads.toLocaleString(locale())}</b>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </ChartWidget>
  );
}
