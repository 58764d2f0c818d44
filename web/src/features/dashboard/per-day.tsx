// The widget of leads per day: its title says what the days show; the same figures as a table.
import { lazy, Suspense } from 'react';

import { countryOf } from '../../lib/domain';
import { t } from '../../lib/en-dash';
import { ChartWidget } from './chart-widget';
import { type Day, fillDays, findingOf } from './chart-model';
import type { DayCount } from './queries';

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

export function PerDay({ counts, today }: { counts: DayCount[]; today: string }) {
  const days = fillDays(counts, today);
  const [title, sub] = titleOf(days);
  const countries = days[0]?.parts.map((part) => part.country) ?? [];
  return (
    <ChartWidget
      id="per-day" title={title} sub={sub} heads={[t('dash.day'), ...countries.map((country) => countryOf(country).name), t('dash.total')]}
      rows={counts.length === 0 ? [] : [...days].reverse().map((day) => [day.day, ...day.parts.map(({ leads }) => leads), day.total])}
      none={t('dash.no_days')}
    >
      <p className="mt-1 flex flex-wrap gap-x-3.5 text-11 text-ink-2">
        {countries.map((country) => (
          <span key={country} className="flex items-center gap-[5px]">
            <span aria-hidden="true" className="size-2 rounded-[1px]" style={{ background: `var(--c${countryOf(country).series})` }} />
            {countryOf(country).name}
          </span>
        ))}
      </p>
      <div className="mt-0.5 min-h-[200px] flex-1"><Suspense><PerDayChart days={days} /></Suspense></div>
    </ChartWidget>
  );
}
