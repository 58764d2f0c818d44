// The steps that follow from where a lead stands: done, later, or no; each can be taken back.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { count, stepWords, t } from '../../lib/en-advice';
import { dayMonth, exact, isoDay } from '../../lib/time';
import { Button } from '../../ui/button';
import { useNow } from '../../ui/use-now';
import { adviceQuery, type Step, useDecide } from './advice-queries';
import type { FactValue } from './insight-queries';

const snoozeMs = 3 * 86_400_000;
const shownFirst = 4;

function valueWords(value: FactValue, isFlag: boolean): string {
  if (value === null) return t('advice.unknown');
  if (typeof value === 'boolean' || isFlag) return t(value === true || value === 1 ? 'advice.yes' : 'advice.no');
  return typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 1 }) : value;
}

/** Null for a rule that this version of the app has no words for. */
function wordsOf(step: Step): { name: string; why: string } | null {
  if (step.rule !== 'fact') return stepWords(step.rule, step.about as Record<string, string | number>);
  const now = step.about['now'] ?? null;
  const isFlag = typeof now === 'boolean';
  return {
    name: t('advice.fact', { label: step.label ?? '', value: valueWords(step.value, isFlag) }),
    why: t('advice.fact_why', { now: valueWords(now, isFlag) }),
  };
}

const isOpen = ({ state, until }: Step, now: Date): boolean =>
  state === null || (state === 'snoozed' && until !== null && new Date(until) <= now);

function Due({ due, now }: { due: string; now: Date }) {
  const at = new Date(due);
  const today = isoDay(at) === isoDay(now);
  return (
    <time dateTime={due} title={exact(at)} className={`flex-none text-12 ${at < now ? 'text-bad' : today ? 'text-warn' : 'text-ink-2'}`}>
      {today ? t('advice.due_today') : t('advice.due', { at: dayMonth(at) })}
    </time>
  );
}

function Gain({ gain }: { gain: NonNullable<Step['gain']> }) {
  const figure = (pp: number) => pp.toLocaleString('en', { maximumFractionDigits: 1 });
  const [low, high] = gain.interval80_pp;
  return (
    <span className="tabular flex-none text-12 text-good" title={t('advice.gain_label', { pp: figure(gain.pp), low: figure(low), high: figure(high) })}>
      {t('advice.gain', { pp: figure(gain.pp) })} <span className="text-ink-3">({figure(low)} – {figure(high)})</span>
    </span>
  );
}

interface LeadAdviceProps {
  lead: { id: string; version: number };
  canDecide: boolean;
}

export function LeadAdvice({ lead, canDecide }: LeadAdviceProps) {
  const now = useNow();
  const [all, setAll] = useState(false);
  const [past, setPast] = useState(false);
  const { data: advice, error } = useQuery(adviceQuery(lead.id, lead.version));
  const decide = useDecide(lead.id);
  if (error && !advice) return <p className="border-b border-line px-5 py-3 text-12 text-bad">{t('advice.failed')}: {error.message}</p>;
  if (!advice) return null;
  const steps = advice.recommendations.flatMap((step) => {
    const words = wordsOf(step);
    return words === null ? [] : [{ ...step, ...words }];
  });
  const open = steps.filter((step) => isOpen(step, now));
  const decided = steps.filter((step) => !isOpen(step, now));
  const choose = (step: (typeof steps)[number], state: Step['state']) => decide.mutate({
    to: { key: step.key, state, until: state === 'snoozed' ? new Date(now.getTime() + snoozeMs).toISOString() : null },
    from: { key: step.key, state: step.state, until: step.until }, name: step.name,
  });
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="advice-title" className="border-b border-line px-5 pb-1.5">
      <div className="flex h-11 items-center gap-2">
        <h2 id="advice-title" className="flex-1" title={advice.stage === 'rule' ? t('advice.no_model') : undefined}>{t('advice.title')}</h2>
        {decided.length > 0 && (
          <Button look="quiet" className="-mr-2 max-md:h-11" aria-expanded={past} onClick={() => setPast(!past)}>{count('advice.decided', decided.length)}</Button>
        )}
      </div>
      {open.length === 0 && <p className="pb-2 text-ink-3">{t('advice.none')}</p>}
      <ul>
        {(all ? open : open.slice(0, shownFirst)).map((step) => (
          <li key={step.key} data-step={step.rule} className="flex min-h-9 flex-wrap items-center gap-x-2.5 border-t border-line py-1">
            <span className="min-w-0 flex-1 basis-48 max-md:basis-full">
              <span className="font-medium">{step.name}</span> <span className="text-12 text-ink-3">{step.why}</span>
            </span>
            {step.gain && <Gain gain={step.gain} />}
            {step.due !== null && <Due due={step.due} now={now} />}
            {canDecide && (
              <span className="-mr-2 ml-auto flex flex-none">
                <Button look="quiet" className="text-sea! max-md:h-11" aria-label={t('advice.done_label', { step: step.name })} onClick={() => choose(step, 'done')}>{t('advice.done')}</Button>
                <Button look="quiet" className="max-md:h-11" aria-label={t('advice.snooze_label', { step: step.name })} onClick={() => choose(step, 'snoozed')}>{t('advice.snooze')}</Button>
                <Button look="quiet" className="max-md:h-11" aria-label={t('advice.dismiss_label', { step: step.name })} onClick={() => choose(step, 'dismissed')}>{t('advice.dismiss')}</Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {open.length > shownFirst && (
        <Button look="quiet" className="-ml-2.5 max-md:h-11" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('advice.fewer') : count('advice.more', open.length - shownFirst)}
        </Button>
      )}
      {past && (
        <ul aria-label={count('advice.decided', decided.length)}>
          {decided.map((step) => (
            <li key={step.key} data-decided={step.rule} className="flex min-h-8 items-center gap-2.5 border-t border-line py-1 text-ink-3">
              <span className="min-w-0 flex-1 truncate">{step.name}</span>
              <span className="flex-none text-12">
                {step.state === 'snoozed' && step.until !== null ? t('advice.state_snoozed', { at: dayMonth(new Date(step.until)) }) : t(step.state === 'done' ? 'advice.state_done' : 'advice.state_dismissed')}
              </span>
              {canDecide && (
                <Button look="quiet" className="-mr-2 max-md:h-11" aria-label={t('advice.take_back_label', { step: step.name })} onClick={() => choose(step, null)}>{t('advice.take_back')}</Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
