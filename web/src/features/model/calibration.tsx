// What the model said against what happened: ten bins of leads that it had not seen.
import { t } from '../../lib/en-model';
import { locale } from '../../lib/language';
import { Panel, Square } from './chart-frame';
import { range95 } from './model';
import type { Report } from './queries';

const percent = (share: number): string => `${Math.round(100 * share)}%`;

export function Calibration({ report }: { report: Report }) {
  const bins = (report.calibration ?? []).filter(({ leads }) => leads > 0);
  if (bins.length === 0) return null;
  const { ece, ece_noise: noise } = report;
  const holds = ece !== undefined && noise !== undefined && ece <= noise + 0.02;
  const most = Math.max(...bins.map(({ leads }) => leads));
  const chart = (
    <Square
      label={t('cal.title')} axis={t('cal.axis')}
      draw={({ x, y }) => (
        <>
          <text x={x(0.62)} y={y(0.95)} textAnchor="end">{t('cal.says')}</text>
          {bins.map(({ leads, said, seen }) => {
            const [low, high] = range95(seen, leads);
            const few = leads < 10;
            return (
              <g key={said}>
                <line x1={x(said)} x2={x(said)} y1={y(low)} y2={y(high)} stroke="var(--d3)" strokeWidth="2" />
                <circle
                  cx={x(said)} cy={y(seen)} r={few ? 4.5 : 3.5 + 3 * Math.sqrt(leads / most)} stroke="var(--sea)" strokeWidth="1.5"
                  fill={few ? 'var(--surface)' : 'var(--sea)'} strokeDasharray={few ? '2 2' : undefined}
                />
              </g>
            );
          })}
        </>
      )}
    />
  );
  return (
    <Panel
      id="calibration" title={t(holds ? 'cal.close' : 'cal.off')} sub={t('cal.sub')} chart={chart}
      heads={[t('cal.said'), t('cal.seen'), t('cal.range'), t('cal.leads')]}
      rows={bins.map(({ leads, said, seen }) => {
        const [low, high] = range95(seen, leads);
        return [`${(100 * said).toFixed(1)}%`, `${(100 * seen).toFixed(1)}%`, `${percent(low)} – ${percent(high)}`, leads.toLocaleString(locale())];
      })}
    />
  );
}
