// How territories and people did, from leads that are closed: shares with their intervals, as a chart and as a table.
import { queryOptions, useQuery } from '@tanstack/react-query';

import { keys } from '../../api/keys';
import { asCaller } from '../../api/lead-api';
import type { PersonRow } from '../../api/rows';
import { t } from '../../lib/en-insights';
import { listMoney } from '../../lib/money';
import { spanText } from '../../lib/time';
import { Panel } from './chart-frame';

interface Line {
  territory_id: number | null;
  name: string | null;
  profile_id: string | null;
  closed: number;
  won: number;
  conversion: number | null;
  interval80: [number, number] | null;
  median_days: number | null;
  response_minutes: number | null;
  won_usd: number;
  reasons: Partial<Record<'conversion' | 'median_days' | 'response_minutes', string>>;
}

interface Insights {
  territories: Line[];
  reps: Line[];
}

const insightsQuery = queryOptions({
  queryKey: keys.insights,
  queryFn: () => asCaller('GET', '/api/insights?days=365') as Promise<Insights>,
});

const percent = (share: number): string => `${Math.round(100 * share)}%`;
const unknown = (reason: string | undefined): string => t('insights.unknown', { reason: reason ?? '' });

function Shares({ lines, nameOf }: { lines: Line[]; nameOf: (line: Line) => string }) {
  if (lines.length === 0) return <p className="pt-3 text-ink-3">{t('insights.none')}</p>;
  return (
    <ul className="grid h-full content-start overflow-auto pt-2" tabIndex={0}>
      {lines.map((line) => (
        <li key={`${line.territory_id}${line.profile_id}`} className="grid min-h-8 grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_84px] items-center gap-3 border-t border-line first:border-t-0" data-insight={nameOf(line)}>
          <span className="truncate">{nameOf(line)}</span>
          {line.conversion === null || line.interval80 === null ? <span className="col-span-2 text-12 text-ink-3">{unknown(line.reasons.conversion)}</span> : (
            <>
              <span aria-hidden="true" className="relative h-4 bg-hover">
                <span className="absolute inset-y-1 bg-sea/40" style={{ left: percent(line.interval80[0]), right: percent(1 - line.interval80[1]) }} />
                <span className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-sea" style={{ left: `${100 * line.conversion}%` }} />
              </span>
              <span className="tabular text-right text-12">{t('insights.share', { share: Math.round(100 * line.conversion), closed: line.closed })}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

const cellsOf = (line: Line, name: string): string[] => [
  name, String(line.closed), String(line.won),
  line.conversion === null ? unknown(line.reasons.conversion) : percent(line.conversion),
  line.interval80 === null ? '–' : `${percent(line.interval80[0])} – ${percent(line.interval80[1])}`,
  line.median_days === null ? unknown(line.reasons.median_days) : String(line.median_days),
  line.response_minutes === null ? unknown(line.reasons.response_minutes) : spanText(line.response_minutes),
  listMoney(line.won_usd),
];

export function Insights({ people }: { people: ReadonlyMap<string, PersonRow> }) {
  const { data: insights, error } = useQuery(insightsQuery);
  if (error && !insights) return <p className="border-b border-line px-4 py-3 text-bad">{t('insights.failed')}: {error.message}</p>;
  // As high as what comes, so that nothing below moves.
  if (!insights) return <div aria-hidden="true" className="h-[372px] border-b border-line" />;
  const heads = ['closed', 'won', 'conversion', 'between', 'days', 'answer', 'value'] as const;
  const panel = (id: 'territories' | 'reps', nameOf: (line: Line) => string) => (
    <Panel
      id={`insights-${id}`} title={t(`insights.${id}`)} sub={t('insights.sub')}
      chart={<Shares lines={insights[id]} nameOf={nameOf} />}
      heads={[t(id === 'reps' ? 'insights.person' : 'insights.place'), ...heads.map((head) => t(`insights.${head}`))]}
      rows={insights[id].map((line) => cellsOf(line, nameOf(line)))}
    />
  );
  return (
    <div className="grid border-b border-line lg:grid-cols-2 *:border-line max-lg:*:not-first:border-t lg:*:not-first:border-l">
      {panel('territories', (line) => line.name ?? '')}
      {panel('reps', (line) => people.get(line.profile_id ?? '')?.full_name ?? t('app.somebody'))}
    </div>
  );
}
