// Why this number: the ruler with its bands, the factors on one scale, and the sum.
import type { LeadDetail } from '../../api/rows';
import { bandOf } from '../../lib/domain';
import { t } from '../../lib/en-leads';
import { stamp } from '../../lib/time';
import { bandFill, bandInk } from '../../ui/score-bar';
import { useNow } from '../../ui/use-now';
import { factorName, factorValue } from './factor-value';

const limits = [40, 60, 80];
const marks = [0, 40, 60, 80, 100];
const names = [['cold', 20], ['cool', 50], ['warm', 70], ['hot', 90]] as const;
const line = 'grid h-[29px] grid-cols-[minmax(0,1fr)_64px_28px_30px] items-center gap-x-2 border-t whitespace-nowrap max-md:h-9';

function Ruler({ score }: { score: number }) {
  return (
    <div aria-hidden="true">
      <div className="relative mt-3 h-2 bg-band-track">
        <span className={`absolute inset-y-0 left-0 ${bandFill[bandOf(score)]}`} style={{ width: `${score}%` }} />
        {limits.map((at) => (
          <span key={at} className="absolute -top-[3px] -bottom-[3px] w-px bg-ink-3" style={{ left: `${at}%` }} />
        ))}
      </div>
      <div className="relative mt-[3px] h-[18px] text-11 leading-4 text-ink-3">
        {marks.map((at, i) => (
          <span
            key={at} style={{ left: `${at}%` }}
            className={`absolute ${i === 0 ? '' : i === marks.length - 1 ? '-translate-x-full' : '-translate-x-1/2'}`}
          >
            {at}
          </span>
        ))}
        {names.map(([band, at]) => (
          <span key={band} className="absolute -translate-x-1/2 text-ink-2" style={{ left: `${at}%` }}>{t(`band.${band}`)}</span>
        ))}
      </div>
    </div>
  );
}

export function LeadScore({ lead }: { lead: LeadDetail }) {
  const now = useNow();
  const score = lead.lead_score;
  if (score === null) return <p className="p-5 text-ink-2">{t('score.pending')}</p>;
  const band = bandOf(score);
  const factors = lead.score_factors ?? [];
  const widest = Math.max(1, ...factors.map((factor) => factor.max));
  const adjustment = lead.score_adjustment ?? 0;
  const known = Math.round((lead.completeness ?? 0) * factors.length);
  return (
    <section aria-label={t('leads.score')}>
      <div className="px-5 pt-4">
        <h2 className="flex items-baseline gap-2 font-normal">
          <span className="sr-only">{t('leads.score')}</span>
          <span className="text-44 font-semibold">{score}</span>
          <span className={`text-15 font-medium ${bandInk[band]}`}>{t(`band.${band}`)}</span>
          <span className="ml-auto text-12 text-ink-3">
            {lead.score_model}{lead.scored_at && `, ${stamp(new Date(lead.scored_at), now)}`}
          </span>
        </h2>
        <Ruler score={score} />
      </div>
      <dl className="px-5 pt-2">
        {factors.map((factor) => (
          <div key={factor.field} title={factor.hint ?? undefined} className={`${line} border-line first:border-t-0`}>
            <dt className="truncate">
              <span className="font-medium">{factorName(factor)}</span>{' '}
              <span className="text-12 text-ink-3">{factorValue(factor)}</span>
            </dt>
            <dd aria-hidden="true" className="relative h-1.5">
              <span className="absolute inset-y-0 left-0 bg-band-track" style={{ width: `${(factor.max / widest) * 100}%` }} />
              <span className={`absolute inset-y-0 left-0 ${bandFill[band]}`} style={{ width: `${(factor.points / widest) * 100}%` }} />
            </dd>
            <dd className="tabular text-right font-semibold" data-points={factor.points}>{factor.points}</dd>
            <dd className="tabular text-right text-12 text-ink-3">{factor.max}</dd>
          </div>
        ))}
        <div className={`${line} border-line`}>
          <dt className="col-span-2 truncate">
            <span className="font-medium">{t('score.adjustment')}</span>{' '}
            <span className="text-12 text-ink-3">{t('score.adjustment_hint')}</span>
          </dt>
          <dd className="tabular text-right font-semibold" data-points={adjustment}>
            {adjustment > 0 ? `+${adjustment}` : String(adjustment).replace('-', '−')}
          </dd>
        </div>
        <div className={`${line} border-ink-2`}>
          <dt className="col-span-2 font-semibold">{t('score.sum')}</dt>
          <dd className="tabular text-right font-semibold" data-sum={score}>{score}</dd>
          <dd className="tabular text-right text-12 text-ink-3">100</dd>
        </div>
      </dl>
      <p className="px-5 pt-2 pb-3 text-12 text-ink-3">
        {t('score.known', { n: known, all: factors.length })}{' '}
        {lead.confidence !== null && t('score.confidence', { value: lead.confidence.toFixed(2) })}
      </p>
    </section>
  );
}
