// A rule, taken apart: its name, whom it looks at, and when.
import { useId } from 'react';

import { businessTypes } from '../../lib/domain';
import { languages } from '../../lib/language';
import { lookup, t } from '../../lib/en-routing';
import { Button } from '../../ui/button';
import { Check } from '../../ui/check';
import { ConditionEditor } from './condition-editor';
import { type Rule, ruleKinds, type RuleParams } from './draft';
import type { Rep } from './queries';

export const input = 'h-8 min-w-0 rounded-m border border-control bg-surface px-2 max-md:h-11 max-md:text-16';
const label = 'grid gap-1 text-12 text-ink-2';

interface RuleEditorProps {
  rule: Rule;
  people: readonly Rep[];
  taken: readonly number[];
  onChange: (rule: Rule) => void;
  onClose: () => void;
}

/** Settings that make no sense for a kind go with it. */
function paramsFor(kind: Rule['kind'], params: RuleParams): RuleParams {
  const { alert, reps, min_value_usd, min_conversion, min_closed, months, ...picks } = params;
  if (kind === 'queue') return alert === undefined ? {} : { alert };
  if (kind === 'reps') return { ...picks, reps: reps ?? [] };
  return kind === 'high_value'
    ? { ...picks, min_value_usd: min_value_usd ?? 50_000, min_conversion: min_conversion ?? 0.15, min_closed: min_closed ?? 10, months: months ?? 12 }
    : picks;
}

function Ticks({ legend, all, chosen, name, onChange }: {
  legend: string; all: readonly string[]; chosen: readonly string[]; name: (one: string) => string; onChange: (chosen: string[]) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-12 text-ink-2">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5">
        {all.map((one) => (
          <Check
            key={one} checked={chosen.includes(one)}
            onChange={() => onChange(chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one])}
          >
            {name(one)}
          </Check>
        ))}
      </div>
    </fieldset>
  );
}

function without(params: RuleParams, key: keyof RuleParams): RuleParams {
  return Object.fromEntries(Object.entries(params).filter(([name]) => name !== key));
}

function Effect({ rule, people, onParams }: { rule: Rule; people: readonly Rep[]; onParams: (params: RuleParams) => void }) {
  const { params, kind } = rule;
  const list = (key: 'languages' | 'specialities') => (chosen: string[]) =>
    onParams(chosen.length > 0 ? { ...params, [key]: chosen } : without(params, key));
  const number = (key: 'min_value_usd' | 'min_conversion' | 'min_closed', shown: number, scale: number) => (
    <label className={label}>
      {t(key === 'min_value_usd' ? 'edit.value' : key === 'min_conversion' ? 'edit.conversion' : 'edit.closed')}
      <input
        type="number" min={0} max={key === 'min_conversion' ? 100 : key === 'min_closed' ? 1000 : 1e9} step="any" value={shown} className={`${input} w-28`}
        onChange={(event) => onParams({ ...params, [key]: event.target.valueAsNumber / scale || 0 })}
      />
    </label>
  );
  if (kind === 'queue') {
    return <Check checked={params.alert !== false} onChange={(event) => onParams(event.target.checked ? {} : { alert: false })}>{t('edit.alert')}</Check>;
  }
  return (
    <>
      {kind === 'reps' && (
        <>
          <Ticks
            legend={t('edit.people')} all={people.map(({ id }) => id)} chosen={params.reps ?? []} name={(id) => people.find((one) => one.id === id)?.name ?? id}
            onChange={(reps) => onParams({ ...params, reps })}
          />
          {(params.reps ?? []).length === 0 && <p className="text-12 text-bad">{t('edit.no_people')}</p>}
        </>
      )}
      {kind === 'high_value' && (
        <div className="flex flex-wrap gap-3">
          {number('min_value_usd', params.min_value_usd ?? 50_000, 1)}
          {number('min_conversion', Math.round((params.min_conversion ?? 0.15) * 1000) / 10, 100)}
          {number('min_closed', params.min_closed ?? 10, 1)}
        </div>
      )}
      <Ticks legend={t('edit.languages')} all={languages} chosen={params.languages ?? []} name={(one) => lookup('word', one)} onChange={list('languages')} />
      <Ticks legend={t('edit.specialities')} all={businessTypes} chosen={params.specialities ?? []} name={(one) => lookup('word', one)} onChange={list('specialities')} />
      <Check checked={params.at_work === true} onChange={(event) => onParams(event.target.checked ? { ...params, at_work: true } : without(params, 'at_work'))}>{t('edit.at_work')}</Check>
    </>
  );
}

export function RuleEditor({ rule, people, taken, onChange, onClose }: RuleEditorProps) {
  const id = useId();
  const set = (change: Partial<Rule>) => onChange({ ...rule, ...change });
  return (
    <section aria-labelledby={id} className="grid gap-4 border-t border-line px-4 pt-3 pb-4 md:pl-[86px]">
      <h3 id={id} className="sr-only">{t('edit.title', { name: rule.name })}</h3>
      <div className="flex flex-wrap gap-3">
        <label className={`${label} grow basis-52`}>{t('edit.name')}<input value={rule.name} maxLength={80} required className={input} onChange={(event) => set({ name: event.target.value })} /></label>
        <label className={label}>
          {t('edit.priority')}
          <input
            type="number" min={1} max={999} value={rule.priority} className={`${input} w-20`}
            onChange={(event) => {
              const priority = event.target.valueAsNumber;
              if (Number.isInteger(priority) && priority > 0 && priority < 1000 && !taken.includes(priority)) set({ priority });
            }}
          />
        </label>
        <label className={label}>
          {t('edit.who')}
          <select value={rule.kind} className={input} onChange={(event) => {
            const kind = ruleKinds.find((one) => one === event.target.value) ?? 'territory';
            set({ kind, params: paramsFor(kind, rule.params) });
          }}>
            {ruleKinds.map((kind) => <option key={kind} value={kind}>{lookup('kind_short', kind)}</option>)}
          </select>
        </label>
        {rule.kind !== 'queue' && (
          <label className={label}>
            {t('edit.order')}
            <select
              value={rule.params.strategy ?? ''} className={input}
              onChange={(event) => {
                const { value } = event.target;
                set({ params: value === 'round_robin' || value === 'least_loaded' ? { ...rule.params, strategy: value } : without(rule.params, 'strategy') });
              }}
            >
              <option value="">{t('edit.order_default')}</option>
              <option value="least_loaded">{t('order.least_loaded')}</option>
              <option value="round_robin">{t('order.round_robin')}</option>
            </select>
          </label>
        )}
      </div>
      <ConditionEditor condition={rule.condition} onChange={(condition) => set({ condition })} />
      <Effect rule={rule} people={people} onParams={(params) => set({ params })} />
      <div><Button onClick={onClose}>{t('edit.done')}</Button></div>
    </section>
  );
}
