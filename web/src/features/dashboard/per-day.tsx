// The widget of leads per day: its title says what the days show; the same figures as a table.
import { lazy, Suspense, useState } from 'react';

import { countryOf } from '../../lib/domain';
import { t } from '../../lib/en-dash';
import { type Day, fillDays, findingOf } from './chart-model';
import type { DayCount } from './queries';
import { Widget } from './widget';

const PerDayChart = lazy(() => import('./per-day-chart').then((part) => ({ default: part.PerDayChart })));

function titleOf(days: Day[]): [string, string] {
  const finding = findingOf(days);
  if (!finding) return [t('dash.per_day'), t('dash.per_day_sub')];
  const { direction, percent, country } = finding;
  const title = country === null
    ? t(direction === 'up' ? 'dash.up_one' : 'dash.down_one', { percent })
    : t(`dash.${direction}`, { percent, country });
  return [title, t('dash.against')];
}

function DayTable({ days }: { days: Day[] }) {
  const countries = days[0]?.parts.map((part) => part.country) ?? [];
  const head = 'sticky top-0 bg-surface pb-1 text-right font-medium text-ink-3';
  return (
    <div className="h-full overflow-auto">
      <table className="w-full text-12">
        <thead>
          <tr>
            <th scope="col" className={`${head} text-left!`}>{t('dash.day')}</th>
            {countries.map((country) => <th key={country} scope="col" className={head}>{countryOf(country).name}</th>)}
            <th scope="col" className={head}>{t('dash.total')}</th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day}>
              <th scope="row" className="tabular h-6 border-t border-line text-left font-normal">{day.day}</th>
              {day.parts.map((part) => <td key={part.country} className="tabular border-t border-line text-right">{part.leads}</td>)}
              <td className="tabular border-t border-line text-right font-semibold">{day.total}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function PerDay({ counts, today }: { counts: DayCount[]; today: string }) {
  const [asTable, setAsTable] = useState(false);
  const days = fillDays(counts, today);
  const [title, sub] = titleOf(days);
  const countries = days[0]?.parts.map((part) => part.country) ?? [];
  return (
    <Widget
      id="per-day" title={title} sub={sub}
      action={
        <button type="button" className="text-12 font-medium text-sea max-md:min-h-11" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'dash.as_chart' : 'dash.as_table')}
        </button>
      }
    >
      {counts.length === 0 && <p className="mt-2 text-ink-2">{t('dash.no_days')}</p>}
      {counts.length > 0 && (
        <p className="mt-1 flex flex-wrap gap-x-3.5 text-11 text-ink-2">
          {countries.map((country) => (
            <span key={country} className="flex items-center gap-[5px]">
              <span aria-hidden="true" className="size-2 rounded-[1px]" style={{ background: `var(--c${countryOf(country).series})` }} />
              {countryOf(country).name}
            </span>
          ))}
        </p>
      )}
      <div className="mt-0.5 min-h-[200px] flex-1">
        {asTable
          ? <DayTable days={days} />
          : counts.length > 0 && <Suspense><PerDayChart days={days} /></Suspense>}
      </div>
    </Widget>
  );
}
