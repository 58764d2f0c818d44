// Why the score is what it is: factors on one scale, the adjustment, and the sum they make.
import type { LeadRow } from '../../api/rows';
import { bandOf } from '../../lib/domain';
import { t } from '../../lib/en-leads';
import { bandFill, bandInk } from '../../ui/score-bar';
import { factorName } from './factor-value';

type Scored = Pick<LeadRow, 'lead_score' | 'score_model' | 'score_factors' | 'score_adjustment'>;

const line = 'grid grid-cols-[132px_1fr_28px_44px] items-center gap-2 text-12 leading-5';
const signed = (points: number): string => (points > 0 ? `+${points}` : String(points).replace('-', '−'));

export function ScoreExplain({ row }: { row: Scored }) {
  const score = row.lead_score;
  if (score === null) return <p className="text-ink-2">{t('score.pending')}</p>;
  const band = bandOf(score);
  const factors = row.score_factors ?? [];
  const widest = Math.max(1, ...factors.map((factor) => factor.max));
  const adjustment = row.score_adjustment ?? 0;
  return (
    <div>
      <p className="flex items-baseline gap-2">
        <span className="text-15 font-semibold">{score}</span>
        <span className={`font-medium ${bandInk[band]}`}>{t(`band.${band}`)}</span>
        <span className="ml-auto text-12 text-ink-3">{row.score_model}</span>
      </p>
      <dl>
        {factors.map((factor) => (
          <div key={factor.field} className={line}>
            <dt className="truncate text-ink-2">{factorName(factor)}</dt>
            <dd aria-hidden="true" className="relative h-1.5">
              <span className="absolute inset-y-0 left-0 rounded-[1px] bg-band-track" style={{ width: `${(factor.max / widest) * 100}%` }} />
              <span className={`absolute inset-y-0 left-0 rounded-[1px] ${bandFill[band]}`} style={{ width: `${(factor.points / widest) * 100}%` }} />
            </dd>
            <dd className="tabular text-right" data-points={factor.points}>{factor.points}</dd>
            <dd className="tabular text-right text-ink-3">{t('score.of', { max: factor.max })}</dd>
          </div>
        ))}
        <div className={line}>
          <dt className="col-span-2 text-ink-2">{t('score.adjustment')}</dt>
          <dd className="tabular text-right" data-points={adjustment}>{signed(adjustment)}</dd>
        </div>
        <div className={`${line} mt-[3px] border-t border-ink-2 pt-0.5`}>
          <dt className="col-span-2 font-semibold">{t('score.sum')}</dt>
          <dd className="tabular text-right font-semibold" data-sum={score}>{score}</dd>
          <dd className="tabular text-right text-ink-3">{t('score.of', { max: 100 })}</dd>
        </div>
      </dl>
    </div>
  );
}
