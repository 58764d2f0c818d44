// The row of numbers: each says what it is compared with.
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';

import { openStatuses } from '../../lib/domain';
import { count, t } from '../../lib/en-dash';
import { shortFigure } from '../../lib/money';
import { dayOf, monthName, span, spanText } from '../../lib/time';
import { locale } from '../../lib/language';
import type { Stats } from './queries';

interface CellProps {
  label: string;
  value: ReactNode;
  children?: ReactNode;
}

function Cell({ label, value, children }: CellProps) {
  return (
    <div role="group" aria-label={label} className="min-w-0 border-line px-4 pt-3 pb-2.5 max-xl:border-b md:border-r xl:last:border-r-0 max-md:odd:border-r">
      <p className="truncate text-12 text-ink-2 max-md:text-13">{label}</p>
      <p className="mt-0.5 text-24 leading-8! font-semibold whitespace-nowrap">{value}</p>
      <p className="mt-0.5 truncate text-12 text-ink-3">{children ?? ' '}</p>
    </div>
  );
}

const Unit = ({ children }: { children: ReactNode }) => (
  <small className="text-15 font-medium tracking-normal text-ink-2">{children}</small>
);

/** The arrow gives the direction, the ink says whether that is good. */
function Delta({ by, text, good }: { by: number; text: string; good: 'up' | 'down' }) {
  const isGood = good === 'up' ? by > 0 : by < 0;
  return (
    <b className={`font-semibold ${isGood ? 'text-good' : 'text-bad'}`}>{by > 0 ? '↑' : '↓'} {text}</b>
  );
}

const Missing = () => <span className="text-ink-3">–</span>;

function Response({ value, previous, n }: Stats['median_first_response_minutes']) {
  if (value === null) return <Cell label={t('dash.response')} value={<Missing />}>{t('dash.none_yet')}</Cell>;
  const by = previous === null ? 0 : value - previous;
  return (
    <Cell
      label={t('dash.response')}
      value={span(value).map((part, i) => <Fragment key={part.unit}>{i > 0 && ' '}{part.figure}<Unit> {part.unit}</Unit></Fragment>)}
    >
      {by !== 0 && previous !== null
        ? <><Delta by={by} text={spanText(Math.abs(by))} good="down" /> {t('dash.response_from', { span: spanText(previous) })}{n < 10 && ', n < 10'}</>
        : t(n < 10 ? 'dash.few' : 'dash.response_n', { n })}
    </Cell>
  );
}

function Sla({ value, due, previous }: Stats['contacted_in_sla']) {
  if (value === null) return <Cell label={t('dash.sla')} value={<Missing />}>{t('dash.sla_none')}</Cell>;
  const by = previous === null ? 0 : value - previous;
  return (
    <Cell label={t('dash.sla')} value={<>{value}<Unit>%</Unit></>}>
      {by !== 0 && previous !== null
        ? <><Delta by={by} text={t('dash.points', { n: Math.abs(by) })} good="up" /> {t('dash.sla_was', { due, before: previous })}</>
        : t('dash.sla_of', { due })}
    </Cell>
  );
}

function Dollars({ label, value, deals, rates }: { label: string; value: number; deals: number; rates: string }) {
  const { figure, unit } = shortFigure(value);
  return (
    <Cell label={label} value={<><Unit>US$</Unit>{figure}{unit && <Unit> {unit}</Unit>}</>}>
      {count('dash.deals', deals)}, {rates}
    </Cell>
  );
}

export function StatCells({ stats, now, territory }: { stats: Stats; now: Date; territory: number | undefined }) {
  const by = stats.new_leads.value - stats.new_leads.previous;
  const day = stats.rate_date ? dayOf(new Date(`${stats.rate_date}T12:00:00`), now) : '–';
  const rates = t(stats.example_rates ? 'dash.example_rates' : 'dash.rates', { date: day });
  const month = monthName(now);
  const open = { status: [...openStatuses], territory };
  return (
    <div className="grid flex-none grid-cols-2 border-line md:grid-cols-3 xl:grid-cols-6 xl:border-b">
      <Cell label={t('dash.new')} value={stats.new_leads.value.toLocaleString(locale())}>
        {by === 0
          ? t('dash.same')
          : <><Delta by={by} text={Math.abs(by).toLocaleString(locale())} good="up" /> {t('dash.from', { n: stats.new_leads.previous })}</>}
      </Cell>
      <Cell
        label={t('dash.open')}
        value={<Link to="/leads" search={open} className="hover:underline">{stats.open_leads.value.toLocaleString(locale())}</Link>}
      >
        <Link to="/leads" search={{ ...open, band: ['hot'] }} className="-my-1 inline-flex min-h-6 items-center font-medium text-sea">
          {t('dash.open_hot', { n: stats.hot_leads.value })}
        </Link>
      </Cell>
      <Sla {...stats.contacted_in_sla} />
      <Response {...stats.median_first_response_minutes} />
      <Dollars label={t('dash.pipeline')} {...stats.open_pipeline_usd} rates={rates} />
      <Dollars label={t('dash.won', { month })} {...stats.won_month_usd} rates={rates} />
    </div>
  );
}
