// When a rule applies: a list of comparisons, or JSON Logic for what a list cannot say.
import { X } from 'lucide-react';
import { useId, useState } from 'react';

import { lookup, t } from '../../lib/en-routing';
import { Button } from '../../ui/button';
import { Segments } from '../../ui/segments';
import { type ConditionFault, factOf, facts, readCondition } from './condition';
import { conditionOf, factName, type Flat, flatOf, newRow, opsOf, type Row, type RowOp } from './words';

const input = 'h-8 min-w-0 rounded-m border border-control bg-surface px-2 max-md:h-11 max-md:text-16';

interface ConditionEditorProps {
  condition: unknown;
  onChange: (condition: unknown) => void;
}

function ValueField({ row, n, onValue }: { row: Row; n: number; onValue: (value: Row['value']) => void }) {
  const of = factOf(row.fact);
  if (row.value === null || !of) return null;
  const label = t('edit.value_of', { n });
  if (of.type === 'number') {
    return (
      <input
        type="number" step="any" aria-label={label} value={Number(row.value)} className={`${input} w-32`}
        onChange={(event) => onValue(Number.isNaN(event.target.valueAsNumber) ? 0 : event.target.valueAsNumber)}
      />
    );
  }
  if (Array.isArray(row.value)) {
    const chosen = row.value;
    if (of.words.length === 0) {
      return <input aria-label={label} value={chosen.join(', ')} className={`${input} grow`} onChange={(event) => onValue(event.target.value.split(/,\s*/))} />;
    }
    return (
      <span role="group" aria-label={label} className="flex min-h-8 flex-wrap items-center gap-x-3">
        {of.words.map((word) => (
          <label key={word} className="flex items-center gap-1.5">
            <input
              type="checkbox" checked={chosen.includes(word)} className="accent-sea"
              onChange={() => {
                const next = chosen.includes(word) ? chosen.filter((one) => one !== word) : [...chosen, word];
                if (next.length > 0) onValue(next);
              }}
            />
            {lookup('word', word)}
          </label>
        ))}
      </span>
    );
  }
  if (of.words.length === 0) return <input aria-label={label} value={row.value} maxLength={200} className={`${input} grow`} onChange={(event) => onValue(event.target.value)} />;
  return (
    <select aria-label={label} value={row.value} className={input} onChange={(event) => onValue(event.target.value)}>
      {of.words.map((word) => <option key={word} value={word}>{lookup('word', word)}</option>)}
    </select>
  );
}

function Builder({ flat, onFlat }: { flat: Flat; onFlat: (flat: Flat) => void }) {
  const setRow = (at: number, row: Row) => onFlat({ ...flat, rows: flat.rows.map((one, i) => (i === at ? row : one)) });
  return (
    <div className="grid gap-1.5">
      {flat.rows.length > 1 && (
        <select
          aria-label={t('edit.when')} value={flat.join} className={`${input} w-fit`}
          onChange={(event) => onFlat({ ...flat, join: event.target.value === 'or' ? 'or' : 'and' })}
        >
          <option value="and">{t('edit.all')}</option>
          <option value="or">{t('edit.any')}</option>
        </select>
      )}
      {flat.rows.length === 0 && <p className="text-ink-2">{t('edit.always')}</p>}
      {flat.rows.map((row, i) => (
        <div key={i} className="flex flex-wrap items-center gap-1.5">
          <select aria-label={t('edit.fact', { n: i + 1 })} value={row.fact} className={input} onChange={(event) => setRow(i, newRow(event.target.value))}>
            {facts.map(({ name }) => <option key={name} value={name}>{factName(name)}</option>)}
          </select>
          <select aria-label={t('edit.op', { n: i + 1 })} value={row.op} className={input} onChange={(event) => setRow(i, newRow(row.fact, event.target.value as RowOp))}>
            {opsOf(row.fact).map((op) => <option key={op} value={op}>{t(`op.${op}`)}</option>)}
          </select>
          <ValueField row={row} n={i + 1} onValue={(value) => setRow(i, { ...row, value })} />
          <Button
            look="quiet" size="icon" aria-label={t('edit.remove_row', { n: i + 1 })} title={t('edit.remove_row', { n: i + 1 })} className="max-md:size-11"
            onClick={() => onFlat({ ...flat, rows: flat.rows.filter((_, at) => at !== i) })}
          >
            <X />
          </Button>
        </div>
      ))}
      <div><Button look="quiet" className="-ml-2.5 text-sea!" onClick={() => onFlat({ ...flat, rows: [...flat.rows, newRow('lead_score')] })}>{t('edit.add_row')}</Button></div>
    </div>
  );
}

const faultWords = ({ path, rule }: ConditionFault): string => t('edit.fault', { path: path === '' ? '/' : path, what: t(`fault.${rule}`) });

function JsonView({ condition, onChange }: ConditionEditorProps) {
  const id = useId();
  const [text, setText] = useState(() => (condition === null ? '' : JSON.stringify(condition, null, 2)));
  const [wrong, setWrong] = useState<string | null>(null);
  const edit = (now: string) => {
    setText(now);
    let value: unknown = null;
    try {
      value = now.trim() === '' ? null : JSON.parse(now);
    } catch {
      setWrong(t('edit.bad_json'));
      return;
    }
    const read = value === null ? { test: true } : readCondition(value);
    setWrong('fault' in read ? faultWords(read.fault) : null);
    if (!('fault' in read)) onChange(value);
  };
  return (
    <div>
      <textarea
        aria-label={t('edit.json')} aria-invalid={wrong !== null} aria-describedby={id} rows={7} spellCheck={false} value={text}
        className="w-full rounded-m border border-control bg-surface p-2 font-mono text-12 leading-[18px] aria-invalid:border-bad"
        onChange={(event) => edit(event.target.value)}
      />
      <p id={id} role="status" className="min-h-4 text-12 text-bad">{wrong}</p>
    </div>
  );
}

export function ConditionEditor({ condition, onChange }: ConditionEditorProps) {
  const flat = flatOf(condition);
  const [json, setJson] = useState(flat === null);
  return (
    <fieldset className="grid gap-1.5">
      <legend className="sr-only">{t('edit.when')}</legend>
      <div className="flex items-center gap-2">
        <span aria-hidden="true" className="text-12 text-ink-2">{t('edit.when')}</span>
        <Segments
          label={t('edit.when')} value={json ? 'json' : 'list'} onChange={(view) => setJson(view === 'json')}
          options={[{ value: 'list', label: t('edit.builder') }, { value: 'json', label: t('edit.as_json') }]}
        />
      </div>
      {json ? <JsonView condition={condition} onChange={onChange} />
        : flat ? <Builder flat={flat} onFlat={(next) => onChange(conditionOf(next))} />
          : <p className="text-ink-2">{t('edit.too_deep_for_list')}</p>}
    </fieldset>
  );
}
