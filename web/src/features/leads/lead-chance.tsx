// The learned result beside the points: a chance with its doubt, what it is made of, and what it rests on.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { LeadDetail } from '../../api/rows';
import { count, t } from '../../lib/en-insight';
import { locale } from '../../lib/language';
import { type FactValue, type Insight, insightQuery } from './insight-queries';
import { LeadWhatIf } from './lead-what-if';

const percent = (share: number): string => String(Math.round(100 * share));
const points = (pp: number): string => `${pp > 0 ? '+' : pp < 0 ? '−' : ''}${Math.abs(pp).toFixed(1)}`;

export const factWords = (value: FactValue): string => {
  if (value === null) return t('chance.unknown');
  if (typeof value === 'boolean') return t(value ? 'chance.yes' : 'chance.no');
  return typeof value === 'number' ? value.toLocaleString(locale()) : value;
};

const line = 'grid h-[27px] grid-cols-[minmax(0,1fr)_96px_46px] items-center gap-x-2 border-t whitespace-nowrap max-md:h-9';

function Ruler({ insight, chance }: { insight: Insight; chance: number }) {
  const [low, high] = insight.interval80;
  return (
    <div aria-hidden="true" className="relative mt-2.5 h-2 bg-band-track">
      <span className="absolute inset-y-0 bg-sea-line" style={{ left: `${100 * low}%`, width: `${100 * (high - low)}%` }} />
      <span className="absolute -inset-y-[3px] w-[3px] -translate-x-1/2 bg-sea" style={{ left: `${100 * chance}%` }} />
      <span className="absolute -inset-y-[3px] w-px bg-ink-3" style={{ left: `${100 * insight.average}%` }} />
    </div>
  );
}

/** From the average lead to this one; what is below half a point is told in one line, so that it adds up. */
function Factors({ insight, chance }: { insight: Insight; chance: number }) {
  const shown = insight.factors.filter((factor) => factor.shown).slice(0, 7);
  const others = insight.factors.slice(shown.length);
  const rest = others.reduce((sum, { effect_pp: effect }) => sum + effect, 0);
  const widest = Math.max(1, ...shown.map(({ effect_pp: effect }) => Math.abs(effect)));
  const bar = (effect: number) => (
    <dd aria-hidden="true" className="relative h-1.5">
      <span className="absolute -inset-y-1 left-1/2 w-px bg-line-strong" />
      <span
        className={`absolute inset-y-0 ${effect < 0 ? 'bg-c4' : 'bg-c1'}`}
        style={{ left: effect < 0 ? `${50 - (50 * -effect) / widest}%` : '50%', width: `${(50 * Math.min(Math.abs(effect), widest)) / widest}%` }}
      />
    </dd>
  );
  return (
    <dl aria-label={t('chance.factors')} className="pt-2">
      <div className={`${line} border-transparent`}>
        <dt className="text-ink-2">{t('chance.start')}</dt>
        <dd />
        <dd className="tabular text-right">{(100 * insight.average).toFixed(1)}</dd>
      </div>
      {shown.map(({ field, label, value, effect_pp: effect }) => (
        <div key={field} className={`${line} border-line`}>
          <dt className="truncate"><span className="font-medium">{label || field}</span> <span className="text-12 text-ink-3">{factWords(value)}</span></dt>
          {bar(effect)}
          <dd className="tabular text-right font-semibold" data-effect={effect}>{points(effect)}</dd>
        </div>
      ))}
      {others.length > 0 && (
        <div className={`${line} border-line`}>
          <dt className="text-ink-2">{count('chance.others', others.length)}</dt>
          {bar(rest)}
          <dd className="tabular text-right" data-effect={rest}>{points(rest)}</dd>
        </div>
      )}
      <div className={`${line} border-ink-2`}>
        <dt className="font-semibold">{t('chance.sum')}</dt>
        <dd />
        <dd className="tabular text-right font-semibold">{(100 * chance).toFixed(1)}</dd>
      </div>
    </dl>
  );
}

function Outlook({ insight }: { insight: Insight }) {
  const { horizons, median_days: median, expected_value: value, currency, reasons = {} } = insight;
  const unknown = (reason: string | undefined) => <span className="text-12 text-ink-3">{t('outlook.unknown', { reason: reason ?? '' })}</span>;
  return (
    <section aria-labelledby="outlook-title" className="border-t border-line px-5 py-3">
      <h3 id="outlook-title" className="font-semibold">{t('outlook.title')}</h3>
      {horizons ? (
        <dl className="mt-2 grid grid-cols-3 border border-line">
          {(['30', '60', '90'] as const).map((days) => (
            <div key={days} className="border-line px-2.5 py-1.5 not-first:border-l">
              <dt className="text-12 text-ink-3">{t('outlook.within', { days })}</dt>
              <dd className="tabular font-semibold">{percent(horizons[days])}%</dd>
            </div>
          ))}
        </dl>
      ) : <p className="mt-1">{unknown(reasons.horizons)}</p>}
      <dl className="mt-2 grid grid-cols-[112px_minmax(0,1fr)] gap-y-1">
        <dt className="text-ink-3">{t('outlook.median')}</dt>
        <dd>{median === null ? unknown(reasons.median_days) : t('outlook.days', { n: Math.round(median) })}</dd>
        <dt className="text-ink-3">{t('outlook.value')}</dt>
        <dd>
          {value === null ? unknown(reasons.expected_value) : (
            <><span className="text-ink-3">{currency}</span> {Math.round(value).toLocaleString(locale())}</>
          )}
        </dd>
      </dl>
    </section>
  );
}

function SimilarLeads({ history }: { history: NonNullable<Insight['historical']> }) {
  const [low, high] = history.interval80;
  return (
    <section aria-labelledby="similar-title" className="border-t border-line px-5 py-3">
      <h3 id="similar-title" className="font-semibold">{t('similar.title')}</h3>
      <p className="text-12 text-ink-2">{t('similar.found', { won: history.won, n: history.n, low: percent(low), high: percent(high) })}</p>
      <ul className="mt-1">
        {history.examples.map(({ id, business_name: name, status, same_territory: here }) => (
          <li key={id} className="flex h-7 items-center gap-2">
            <Link to="/leads/$id" params={{ id }} className="truncate font-medium text-sea">{name}</Link>
            <span className="ml-auto flex-none text-12 text-ink-3">
              {here && <>{t('similar.here')}, </>}
              <span className={status === 'converted' ? 'font-medium text-good' : 'text-ink-2'}>{t(status === 'converted' ? 'similar.won' : 'similar.lost')}</span>
            </span>
          </li>
        ))}
      </ul>
      {history.examples.length === 0 && <p className="text-12 text-ink-3">{t('similar.unseen')}</p>}
    </section>
  );
}

export function LeadChance({ lead }: { lead: Pick<LeadDetail, 'id' | 'version'> }) {
  const { data: insight, error } = useQuery(insightQuery(lead.id, lead.version));
  if (error && !insight) return <p className="border-t border-line px-5 py-3 text-12 text-bad">{t('chance.failed')}: {error.message}</p>;
  if (!insight) return null;
  const { probability: chance, interval80, stage } = insight;
  if (chance === null || stage === 'rule') {
    return (
      <section aria-labelledby="chance-title" className="border-t border-line px-5 py-3">
        <h2 id="chance-title" className="flex items-baseline gap-2 font-normal">
          <span className="font-semibold">{t('chance.title')}</span> <span className="text-ink-3">{t('chance.none')}</span>
        </h2>
        <p className="mt-0.5 text-12 text-ink-3">{insight.reason}</p>
      </section>
    );
  }
  return (
    <>
      <section aria-labelledby="chance-title" className="border-t border-line px-5 py-3">
        <h2 id="chance-title" className="flex items-baseline gap-2 font-normal">
          <span className="font-semibold">{t('chance.title')}</span>
          <span className="text-24 font-semibold" data-chance={chance}>{percent(chance)}%</span>
          <span className="text-ink-2">{t(`chance.badge_${insight.badge}`)}</span>
          <span className="ml-auto text-12 text-ink-3">{t('chance.learned', { stage: t(`chance.stage_${stage}`) })}</span>
        </h2>
        <Ruler insight={insight} chance={chance} />
        <p className="mt-1.5 flex justify-between gap-2 text-12 text-ink-3">
          <span>{t('chance.between', { low: percent(interval80[0]), high: percent(interval80[1]), word: t(`chance.word_${insight.confidence_word}`) })}</span>
          <span>{t('chance.average', { value: percent(insight.average) })}</span>
        </p>
        <Factors insight={insight} chance={chance} />
      </section>
      <LeadWhatIf lead={lead} insight={insight} chance={chance} />
      <Outlook insight={insight} />
      {insight.historical && <SimilarLeads history={insight.historical} />}
    </>
  );
}
