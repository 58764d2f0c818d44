// Sliders over what somebody can change; the server answers, nothing is saved.
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';

import type { LeadDetail } from '../../api/rows';
import { t } from '../../lib/en-insight';
import { Button } from '../../ui/button';
import { type FactValue, type Insight, type Lever, whatIfQuery } from './insight-queries';
import { factWords } from './lead-chance';

const numeric = (value: FactValue): number | null => (typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null);

/** The place among the values that training saw that is nearest to a value. */
function placeOf({ type, values }: Lever, value: FactValue): number {
  if (type === 'category') return Math.max(0, values.indexOf(String(value)));
  const wanted = numeric(value) ?? 0;
  let best = 0;
  values.forEach((one, i) => {
    if (Math.abs(Number(one) - wanted) < Math.abs(Number(values[best]) - wanted)) best = i;
  });
  return best;
}

/** A fact that is only ever 0 or 1 is a yes or no. */
const isYesNo = (lever: Lever): boolean => typeof lever.value === 'boolean';
const words = (lever: Lever, value: FactValue): string => factWords(isYesNo(lever) && typeof value === 'number' ? value === 1 : value);

interface SliderProps {
  lever: Lever;
  value: FactValue;
  onChange: (value: FactValue) => void;
}

function Slider({ lever, value, onChange }: SliderProps) {
  const changed = value !== lever.value;
  const last = lever.values.length - 1;
  return (
    <label className="block pt-1.5">
      <span className="flex justify-between gap-2">
        <span className="truncate">{lever.label || lever.field}</span>
        <span className="tabular flex-none">
          <span className={changed ? 'text-ink-3' : 'font-medium'}>{factWords(lever.value)}</span>
          {changed && <> <span aria-hidden="true" className="text-ink-3">→</span> <b className="font-semibold">{words(lever, value)}</b></>}
        </span>
      </span>
      <input
        type="range" min={0} max={last} step={1} value={placeOf(lever, value)} aria-valuetext={words(lever, value)}
        aria-label={t('what_if.value', { name: lever.label || lever.field, value: factWords(lever.value) })}
        className="mt-0.5 h-6 w-full accent-(--sea) outline-offset-0!" onChange={(event) => onChange(lever.values[Number(event.target.value)] ?? null)}
      />
    </label>
  );
}

interface LeadWhatIfProps {
  lead: Pick<LeadDetail, 'id' | 'version'>;
  insight: Insight;
  chance: number;
}

export function LeadWhatIf({ lead, insight, chance }: LeadWhatIfProps) {
  const [supposed, setSupposed] = useState<Record<string, FactValue>>({});
  const asked = useDeferredValue(supposed);
  const { data, error } = useQuery(whatIfQuery(lead.id, lead.version, asked));
  // What has many values first: a yes or no moves less of the panel.
  const levers = insight.levers.filter(({ values }) => values.length > 1).sort((a, b) => b.values.length - a.values.length);
  if (levers.length === 0) return null;
  const changed = Object.keys(supposed).length > 0;
  const after = changed ? data?.after.probability : undefined;
  const suppose = (lever: Lever, value: FactValue) => setSupposed((now) => {
    const same = value === lever.value || (numeric(value) !== null && numeric(value) === numeric(lever.value));
    const rest = Object.entries(now).filter(([field]) => field !== lever.field);
    return Object.fromEntries(same ? rest : [...rest, [lever.field, value]]);
  });
  return (
    <section aria-labelledby="what-if-title" className="border-t border-line px-5 py-3">
      <div className="flex min-h-7 items-center justify-between">
        <h3 id="what-if-title" className="font-semibold">{t('what_if.title')}</h3>
        {changed && <Button look="quiet" onClick={() => setSupposed({})}>{t('what_if.reset')}</Button>}
      </div>
      {levers.map((lever) => (
        <Slider key={lever.field} lever={lever} value={supposed[lever.field] ?? lever.value} onChange={(value) => suppose(lever, value)} />
      ))}
      <p className="mt-2 flex items-baseline gap-2 border-t border-line pt-2" role="status">
        <span>{t('what_if.would')}</span>
        <span className="ml-auto">
          {after !== undefined && <><s className="text-ink-3">{Math.round(100 * chance)}%</s> </>}
          <b className="text-18 font-semibold" data-supposed={after ?? chance}>{Math.round(100 * (after ?? chance))}%</b>
        </span>
      </p>
      <p className="text-12 text-ink-3">{error && changed ? t('what_if.failed', { reason: error.message }) : t('what_if.note')}</p>
    </section>
  );
}
