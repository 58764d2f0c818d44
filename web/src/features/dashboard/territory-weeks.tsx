// The weeks of a territory: the leads that came and the dollars that were won; the unfinished one is hollow.
import { count, t } from '../../lib/en-territory';
import { shortFigure } from '../../lib/money';
import { isoWeek } from '../../lib/time';
import { ChartWidget } from './chart-widget';
import { leadsMoved } from './territory-model';
import type { TrendWeek } from './territory-queries';

interface WeekBarsProps {
  weeks: readonly TrendWeek[];
  valueOf: (week: TrendWeek) => number;
  shown: (value: number) => string;
  fill: string;
}

const weekOf = ({ week }: TrendWeek): number => isoWeek(new Date(`${week}T12:00:00`));

function WeekBars({ weeks, valueOf, shown, fill }: WeekBarsProps) {
  const most = Math.max(...weeks.map(valueOf), 0) || 1;
  return (
    <div className="flex min-h-0 flex-1 flex-col pt-2">
      <ol className="flex min-h-0 flex-1 items-stretch gap-[3px] border-b border-line-strong">
        {weeks.map((week, at) => {
          const value = valueOf(week);
          const unfinished = at === weeks.length - 1;
          return (
            <li key={week.week} data-week={week.week} className="flex min-w-0 flex-1 flex-col justify-end">
              <span className="sr-only">{t('terr.week_of', { n: weekOf(week) })}: </span>
              <span className="tabular truncate text-center text-11 leading-[15px] font-semibold">{shown(value)}</span>
              <span aria-hidden="true" className="w-full" style={{ height: `${(value / most) * 84}%`, ...(unfinished ? { border: `1.5px solid ${fill}` } : { background: fill }) }} />
            </li>
          );
        })}
      </ol>
      <div aria-hidden="true" className="flex gap-[3px] pt-0.5 text-11 text-ink-3">
        {weeks.map((week, at) => <span key={week.week} className={`tabular min-w-0 flex-1 truncate text-center ${at === weeks.length - 1 ? 'font-semibold text-ink' : ''}`}>{weekOf(week)}</span>)}
      </div>
    </div>
  );
}

export function LeadWeeks({ weeks }: { weeks: readonly TrendWeek[] }) {
  const moved = leadsMoved(weeks);
  const title = moved === null ? t('terr.trend') : t(moved > 0 ? 'terr.trend_up' : 'terr.trend_down', { percent: Math.abs(moved) });
  return (
    <ChartWidget
      id="trend" title={title} sub={t('terr.trend_sub')} heads={[t('terr.week'), t('terr.leads'), t('terr.due'), t('terr.in_time')]}
      rows={[...weeks].reverse().map((week) => [week.week, week.leads, week.due, week.in_time])}
    >
      <WeekBars weeks={weeks} valueOf={({ leads }) => leads} shown={(n) => n.toLocaleString('en')} fill="var(--d4)" />
    </ChartWidget>
  );
}

export function WonWeeks({ weeks }: { weeks: readonly TrendWeek[] }) {
  const won = weeks.reduce((sum, one) => sum + one.won, 0);
  const { figure, unit } = shortFigure(weeks.reduce((sum, { won_usd: usd }) => sum + usd, 0));
  return (
    <ChartWidget
      id="won-weeks" title={won === 0 ? t('terr.won_week') : t('terr.won_found', { usd: unit === '' ? figure : `${figure} ${unit}` })} sub={won === 0 ? undefined : count('terr.won_sub', won)}
      heads={[t('terr.week'), t('terr.won'), t('terr.lost'), t('terr.won_usd')]} none={t('terr.no_won')}
      rows={won === 0 ? [] : [...weeks].reverse().map((week) => [week.week, week.won, week.lost, week.won_usd])}
    >
      <WeekBars weeks={weeks} valueOf={({ won_usd: usd }) => usd} shown={(usd) => (usd === 0 ? '' : (usd / 1000).toFixed(usd < 9950 ? 1 : 0))} fill="var(--c1)" />
    </ChartWidget>
  );
}
