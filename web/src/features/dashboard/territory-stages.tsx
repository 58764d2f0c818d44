// The open pipeline by stage: deals, dollars, what is likely of them, and how long the stage takes. The board says the same.
import { Link } from '@tanstack/react-router';

import { t } from '../../lib/en-territory';
import { shortFigure } from '../../lib/money';
import { StatusDial } from '../../ui/status-dial';
import { openStages } from './territory-model';
import type { Piped } from './territory-queries';
import { dataCell, figure, Figures, type Head, lookOf, row } from './territory-table';
import type { Velocity } from './widget-queries';
import { Widget } from './widget';

const usd = (amount: number): string => {
  const short = shortFigure(amount);
  return short.unit === '' ? short.figure : `${short.figure} ${short.unit}`;
};

interface StagesProps {
  columns: Piped['columns'];
  velocity: readonly Velocity[];
}

export function Stages({ columns, velocity }: StagesProps) {
  const of = (stage: string) => columns.find((one) => one.stage === stage) ?? { deals: 0, usd: 0, weighted_usd: 0 };
  const sum = (value: (one: Piped['columns'][number]) => number) => columns.reduce((all, one) => all + value(one), 0);
  const total = { deals: sum(({ deals }) => deals), usd: sum((one) => one.usd), weighted_usd: sum((one) => one.weighted_usd) };
  const most = [...columns].sort((a, b) => b.usd - a.usd)[0];
  const cycle = velocity.find(({ stage }) => stage === 'cycle');
  const title = most && total.usd > 0 ? t('terr.pipe_found', { stage: t(`stage.${most.stage}`), percent: Math.round((most.usd / total.usd) * 100) }) : t('terr.pipe');
  const heads: Head[] = [
    { id: 'stage', name: t('terr.stage'), words: true }, { id: 'deals', name: t('terr.deals') }, { id: 'usd', name: t('terr.value') },
    { id: 'weighted', name: t('terr.weighted') }, { id: 'days', name: t('terr.days') },
  ];
  const [, deals, value, weighted, days] = heads.map((head) => `tabular ${dataCell} ${lookOf(head)}`);
  return (
    <Widget id="stages" title={title} sub={t('terr.pipe_sub')}>
      {total.deals === 0 ? <p className="mt-2 text-ink-2">{t('terr.pipe_none')}</p> : (
        <Figures label={t('terr.pipe')} heads={heads}>
          {openStages.map((stage) => {
            const one = of(stage);
            const name = t(`stage.${stage}`);
            const speed = velocity.find((each) => each.stage === stage);
            return (
              <tr key={stage} data-stage={stage} className={row}>
                <th scope="row" className="text-left font-normal"><span className="flex items-center gap-1.5"><StatusDial status={stage} />{name}</span></th>
                <td className={deals}><Link to="/pipeline" className={figure} aria-label={t('terr.deals_in', { stage: name, n: one.deals })}>{one.deals}</Link></td>
                <td className={value}>{usd(one.usd)}</td>
                <td className={`${weighted} text-ink-2`}>{usd(one.weighted_usd)}</td>
                <td className={`${days} text-ink-2`}>{speed?.median_days == null ? '–' : speed.median_days.toLocaleString('en')}</td>
              </tr>
            );
          })}
          <tr className="h-9 border-t border-line-strong font-semibold" data-stage="all">
            <th scope="row" className="text-left">{t('terr.total')}</th>
            <td className={deals}>{total.deals}</td>
            <td className={value}>{usd(total.usd)}</td>
            <td className={weighted}>{usd(total.weighted_usd)}</td>
            <td className={days} />
          </tr>
        </Figures>
      )}
      {cycle && <p className="pt-2 text-12 text-ink-3">{cycle.median_days === null || cycle.n < 10 ? t('terr.cycle_few') : t('terr.cycle', { days: Math.round(cycle.median_days) })}</p>}
    </Widget>
  );
}
