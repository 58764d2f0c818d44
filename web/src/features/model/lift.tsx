// How many of the wins one finds by calling the best leads first; beside it the rules' order.
import { t } from '../../lib/en-model';
import { Panel, Square } from './chart-frame';
import type { Report } from './queries';

const percent = (share: number | undefined): string => (share === undefined ? '–' : `${Math.round(100 * share)}%`);

export function Lift({ report }: { report: Report }) {
  const points = report.lift ?? [];
  const fifth = points.find(({ share }) => share === 0.2);
  if (!fifth) return null;
  const hasRules = points.every(({ rules }) => rules !== undefined);
  // The higher of the two labels stands above its point, the other below.
  const modelLeads = fifth.captured >= (fifth.rules ?? 0);
  const above = -7;
  const under = 15;
  const line = (of: (point: (typeof points)[number]) => number, x: (share: number) => number, y: (share: number) => number): string =>
    [`${x(0)},${y(0)}`, ...points.map((point) => `${x(point.share)},${y(of(point))}`)].join(' ');
  const chart = (
    <Square
      label={t('lift.title', { share: percent(fifth.captured) })} axis={t('lift.axis')}
      draw={({ x, y }) => (
        <>
          <text x={x(0.8)} y={y(0.7)}>{t('lift.none')}</text>
          <line x1={x(0.2)} x2={x(0.2)} y1={y(0)} y2={y(Math.max(fifth.captured, fifth.rules ?? 0))} stroke="var(--line-strong)" />
          {hasRules && <polyline points={line(({ rules }) => rules ?? 0, x, y)} fill="none" stroke="var(--ink)" strokeWidth="1.5" />}
          <polyline points={line(({ captured }) => captured, x, y)} fill="none" stroke="var(--sea)" strokeWidth="2" />
          {fifth.rules !== undefined && (
            <>
              <circle cx={x(0.2)} cy={y(fifth.rules)} r="4" fill="var(--surface)" stroke="var(--ink)" strokeWidth="1.5" />
              <text x={x(0.2) + (modelLeads ? 9 : -9)} y={y(fifth.rules) + (modelLeads ? under : above)} textAnchor={modelLeads ? 'start' : 'end'} className="fill-ink! font-semibold">{t('lift.rules')}, {percent(fifth.rules)}</text>
            </>
          )}
          <circle cx={x(0.2)} cy={y(fifth.captured)} r="4" fill="var(--sea)" />
          <text x={x(0.2) + (modelLeads ? -9 : 9)} y={y(fifth.captured) + (modelLeads ? above : under)} textAnchor={modelLeads ? 'end' : 'start'} className="fill-sea! font-semibold">{t('lift.model')}, {percent(fifth.captured)}</text>
        </>
      )}
    />
  );
  return (
    <Panel
      id="lift" title={t('lift.title', { share: percent(fifth.captured) })} sub={t('lift.sub')} chart={chart}
      heads={[t('lift.share'), t('lift.captured'), ...(hasRules ? [t('lift.by_rules')] : [])]}
      rows={points.map(({ share, captured, rules }) => [percent(share), percent(captured), ...(hasRules ? [percent(rules)] : [])])}
    />
  );
}
