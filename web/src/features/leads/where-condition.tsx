// One condition: a field, how it is compared, with what. Several values of a list are little chips.
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId } from 'react';

import { keys } from '../../api/keys';
import { rpc } from '../../api/rpc';
import { t } from '../../lib/en-where';
import { Button } from '../../ui/button';
import { fieldNames, fields, type FieldName, howsOf, limits, maxOf, needsValue, type Test } from './where';
import { type Known, valueWords } from './where-words';

const box = 'h-7 min-w-0 rounded-m border border-control bg-surface px-1.5 max-md:h-11 max-md:text-16';

interface ConditionRowProps {
  test: Test;
  n: number;
  known: Known;
  onChange: (test: Test) => void;
  onRemove: () => void;
}

export function ConditionRow({ test, n, known, onChange, onRemove }: ConditionRowProps) {
  const { field, how } = test;
  const hows = howsOf(field);
  const change = (next: FieldName) => {
    const [plain = 'is'] = howsOf(next);
    onChange({ field: next, how: fields[next].kind === fields[field].kind && howsOf(next).includes(how) ? how : plain, values: [] });
  };
  return (
    <div role="group" aria-label={t('where.condition', { n })} className="flex flex-wrap items-start gap-1.5">
      <select aria-label={t('where.field')} value={field} className={`${box} w-[124px] max-md:w-0 max-md:flex-1`} onChange={(event) => change(event.target.value as FieldName)}>
        {fieldNames.map((name) => <option key={name} value={name}>{t(`field.${name}`)}</option>)}
      </select>
      <select
        aria-label={t('where.how')} value={how} className={`${box} w-[128px] max-md:w-0 max-md:flex-1`}
        onChange={(event) => {
          const next = hows.find((one) => one === event.target.value) ?? how;
          onChange({ ...test, how: next, values: needsValue(next) ? test.values : [] });
        }}
      >
        {hows.map((one) => <option key={one} value={one}>{t(`how.${one}`)}</option>)}
      </select>
      {needsValue(how) && (
        <span className="flex min-w-0 flex-1 max-md:order-1 max-md:basis-full"><Values test={test} known={known} onValues={(values) => onChange({ ...test, values })} /></span>
      )}
      <Button look="quiet" size="icon" className="ml-auto max-md:size-11" aria-label={t('where.remove_condition', { n })} onClick={onRemove}><X /></Button>
    </div>
  );
}

interface ValuesProps {
  test: Test;
  known: Known;
  onValues: (values: string[]) => void;
}

function Values({ test, known, onValues }: ValuesProps) {
  const { kind } = fields[test.field];
  const [value = ''] = test.values;
  if (kind === 'choice' || kind === 'person' || kind === 'place') return <Several test={test} known={known} onValues={onValues} />;
  const put = (text: string) => onValues(text === '' ? [] : [text]);
  if (kind === 'tag') return <TagValue value={value} onValue={put} />;
  if (kind === 'text') {
    return <input aria-label={t('where.value')} value={value} maxLength={limits.letters} className={`${box} flex-1`} onChange={(event) => put(event.target.value)} />;
  }
  const max = kind === 'days' ? limits.days : maxOf(test.field);
  return (
    <span className="flex items-center gap-1.5">
      <input
        type="number" aria-label={t('where.value')} value={value} min={kind === 'days' ? 1 : 0} max={max} step={1} className={`${box} w-[110px]`}
        onChange={(event) => put(event.target.value)}
      />
      {kind === 'days' && <span className="text-ink-2">{t('where.days_unit')}</span>}
    </span>
  );
}

function TagValue({ value, onValue }: { value: string; onValue: (text: string) => void }) {
  const id = useId();
  const tags = useQuery({ queryKey: keys.tags, queryFn: ({ signal }) => rpc<{ tag: string; leads: number }[]>('known_tags', {}, signal) }).data ?? [];
  return (
    <>
      <input aria-label={t('where.value')} value={value} list={id} maxLength={40} autoComplete="off" className={`${box} flex-1`} onChange={(event) => onValue(event.target.value)} />
      <datalist id={id}>{tags.map(({ tag }) => <option key={tag} value={tag} />)}</datalist>
    </>
  );
}

function choicesOf(field: FieldName, { people, nodes }: Known): string[] {
  const one = fields[field];
  if (one.kind === 'person') return ['me', 'none', ...people.filter(({ role }) => role !== 'viewer').map(({ id }) => id)];
  if (one.kind === 'place') return nodes.map(({ id }) => String(id));
  return one.kind === 'choice' ? [...one.options] : [];
}

/** A value is added from a list; those that are in are taken out one by one. */
function Several({ test, known, onValues }: ValuesProps) {
  const left = choicesOf(test.field, known).filter((one) => !test.values.includes(one));
  const words = (value: string) => valueWords(test.field, value, known);
  return (
    <span className="flex min-w-0 flex-1 flex-wrap items-center gap-1">
      {test.values.map((value) => (
        <span key={value} className="inline-flex h-7 items-center rounded-m bg-sea-tint pl-2 max-md:h-11">
          <span className="max-w-[180px] truncate">{words(value)}</span>
          <button
            type="button" aria-label={t('where.remove_value', { value: words(value) })} className="grid size-6 place-items-center rounded-s text-ink-2 hover:bg-hover max-md:size-11"
            onClick={() => onValues(test.values.filter((one) => one !== value))}
          >
            <X aria-hidden="true" className="size-3 stroke-[1.5]" />
          </button>
        </span>
      ))}
      {left.length > 0 && test.values.length < limits.values && (
        <select aria-label={t('where.add_value')} value="" className={`${box} w-[120px]`} onChange={(event) => onValues([...test.values, event.target.value])}>
          <option value="" disabled>{t('where.choose')}</option>
          {left.map((one) => <option key={one} value={one}>{words(one)}</option>)}
        </select>
      )}
    </span>
  );
}
