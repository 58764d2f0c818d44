// A rule in plain words.
import { lookup, t } from '../../lib/en-routing';
import { locale } from '../../lib/language';
import { factOf, varOf } from './condition';
import type { Rule, RuleParams } from './draft';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

export const factName = (name: string): string => lookup('fact', name);

function valueWord(value: unknown): string {
  if (typeof value === 'number') return value.toLocaleString(locale());
  if (typeof value !== 'string') return JSON.stringify(value);
  return lookup('word', value);
}

export function listed(items: readonly string[], how: 'and' | 'or'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : t(`say.${how}`, { list: items.slice(0, -1).join(', '), last });
}

const numberOps: Readonly<Record<string, 'ge' | 'le' | 'gt' | 'lt'>> = { '>=': 'ge', '<=': 'le', '>': 'gt', '<': 'lt' };
const turned: Readonly<Record<string, string>> = { '>=': '<=', '<=': '>=', '>': '<', '<': '>' };

function compared(op: string, items: readonly unknown[]): string {
  const [a, b, c] = items;
  const middle = varOf(b);
  if (items.length === 3 && middle !== null) {
    return t(op === '<=' ? 'say.between' : 'say.inside', { fact: factName(middle), low: valueWord(a), high: valueWord(c) });
  }
  const first = varOf(a);
  const sign = first === null ? (turned[op] ?? op) : op;
  const fact = factName(first ?? middle ?? '');
  const value = first === null ? a : b;
  if (typeof value === 'boolean') return t('say.alone', { fact, op: t(value === (op === '==') ? 'op.yes' : 'op.no') });
  const word = sign === '==' ? t('op.eq') : sign === '!=' ? t('op.ne') : t(`op.${numberOps[sign] ?? 'ge'}`);
  return t('say.compare', { fact, op: word, value: valueWord(value) });
}

/** A condition that was checked, as part of a sentence. */
export function conditionWords(condition: unknown, inside = false): string {
  if (condition === true) return t('say.always');
  if (condition === false) return t('say.never');
  const [op, operand] = (isObject(condition) ? Object.entries(condition)[0] : undefined) ?? ['', null];
  const items: unknown[] = Array.isArray(operand) ? operand : [operand];
  switch (op) {
    case 'and': case 'or': {
      const said = listed(items.map((item) => conditionWords(item, items.length > 1)), op);
      return inside && items.length > 1 ? `(${said})` : said;
    }
    case '!': {
      const name = varOf(items[0]);
      if (name !== null) return t('say.alone', { fact: factName(name), op: t('op.no') });
      return t('say.not', { what: conditionWords(items[0]) });
    }
    case 'var': return t('say.alone', { fact: factName(String(operand)), op: t('op.yes') });
    case 'missing': return listed(items.map((item) => t('say.alone', { fact: factName(String(item)), op: t('op.missing') })), 'or');
    case 'in': {
      const list = varOf(items[1]);
      if (list !== null) return t('say.compare', { fact: factName(list), op: t('op.contains'), value: valueWord(items[0]) });
      const words = Array.isArray(items[1]) ? items[1].map(valueWord) : [];
      return t('say.compare', { fact: factName(varOf(items[0]) ?? ''), op: words.length > 1 ? t('op.in') : t('op.eq'), value: listed(words, 'or') });
    }
    default: return compared(op, items);
  }
}

const whoWords = (rule: Rule, people: (id: string) => string): string => {
  if (rule.kind === 'reps') return listed((rule.params.reps ?? []).map(people), 'or');
  if (rule.kind === 'high_value') return t('kind.high_value', { value: rule.params.min_value_usd ?? 50_000 });
  return lookup('kind', rule.kind);
};

function extras({ languages = [], specialities = [], at_work: atWork = false, strategy, alert }: RuleParams): string[] {
  return [
    ...(languages.length > 0 ? [t('say.speaks', { list: listed(languages.map(valueWord), 'or') })] : []),
    ...(specialities.length > 0 ? [t('say.knows', { list: listed(specialities.map(valueWord), 'or') })] : []),
    ...(atWork ? [t('say.at_work')] : []),
    ...(strategy ? [t(`order.${strategy}`)] : []),
    ...(alert === false ? [t('say.quiet')] : []),
  ];
}

/** "Give it to whoever covers the territory, who speaks Dutch, in turns". */
export const effectWords = (rule: Rule, people: (id: string) => string): string =>
  [t('say.effect', { who: whoWords(rule, people) }), ...extras(rule.params)].join(', ');

export const whenWords = (condition: unknown): string =>
  condition === null || condition === true ? t('say.always')
    : condition === false ? t('say.never') : t('say.when', { condition: conditionWords(condition) });

// The rows of the builder: a flat list of comparisons, joined by one word.
export const rowOps = ['eq', 'ne', 'in', 'ge', 'le', 'gt', 'lt', 'contains', 'yes', 'no', 'missing'] as const;
export type RowOp = (typeof rowOps)[number];

export interface Row {
  fact: string;
  op: RowOp;
  value: string | number | string[] | null;
}

export interface Flat {
  join: 'and' | 'or';
  rows: Row[];
}

export function opsOf(fact: string): RowOp[] {
  switch (factOf(fact)?.type) {
    case 'number': return ['ge', 'le', 'gt', 'lt', 'eq', 'missing'];
    case 'truth': return ['yes', 'no'];
    case 'list': return ['contains'];
    default: return ['eq', 'ne', 'in', 'missing'];
  }
}

const signs: Readonly<Record<string, RowOp>> = { '==': 'eq', '!=': 'ne', '>=': 'ge', '<=': 'le', '>': 'gt', '<': 'lt' };

function rowOf(condition: unknown): Row | null {
  const [op, operand] = (isObject(condition) ? Object.entries(condition)[0] : undefined) ?? ['', null];
  if (op === 'var' && typeof operand === 'string') return { fact: operand, op: 'yes', value: null };
  if (op === '!') {
    const name = varOf(Array.isArray(operand) ? operand[0] : operand);
    return name === null ? null : { fact: name, op: 'no', value: null };
  }
  if (op === 'missing') return typeof operand === 'string' ? { fact: operand, op: 'missing', value: null } : null;
  if (!Array.isArray(operand) || operand.length !== 2) return null;
  const [a, b] = operand as [unknown, unknown];
  const first = varOf(a);
  const second = varOf(b);
  if (op === 'in' && second !== null && typeof a === 'string') return { fact: second, op: 'contains', value: a };
  if (op === 'in' && first !== null && Array.isArray(b)) return { fact: first, op: 'in', value: b.filter((one) => typeof one === 'string') };
  const sign = signs[op];
  if (first === null || sign === undefined || (typeof b !== 'string' && typeof b !== 'number')) return null;
  return { fact: first, op: sign, value: b };
}

/** A condition as a list of comparisons; null: it is more than that. */
export function flatOf(condition: unknown): Flat | null {
  if (condition === null || condition === true) return { join: 'and', rows: [] };
  const [op, operand] = (isObject(condition) ? Object.entries(condition)[0] : undefined) ?? ['', null];
  const join = op === 'or' ? 'or' : 'and';
  const parts: unknown[] = (op === 'and' || op === 'or') && Array.isArray(operand) ? operand : [condition];
  const rows = parts.map(rowOf);
  return rows.every((row) => row !== null) ? { join, rows } : null;
}

function conditionOfRow({ fact, op, value }: Row): unknown {
  const variable = { var: fact };
  switch (op) {
    case 'yes': return variable;
    case 'no': return { '!': variable };
    case 'missing': return { missing: fact };
    case 'contains': return { in: [value, variable] };
    case 'in': return { in: [variable, value] };
    default: return { [Object.keys(signs).find((sign) => signs[sign] === op) ?? '==']: [variable, value] };
  }
}

export function conditionOf({ join, rows }: Flat): unknown {
  const [first] = rows;
  if (!first) return null;
  return rows.length === 1 ? conditionOfRow(first) : { [join]: rows.map(conditionOfRow) };
}

/** A row with its first sensible value. */
export function newRow(fact: string, op: RowOp = opsOf(fact)[0] ?? 'eq'): Row {
  const of = factOf(fact);
  const word = of?.words[0] ?? '';
  const value = op === 'yes' || op === 'no' || op === 'missing' ? null : of?.type === 'number' ? 0 : op === 'in' ? [word] : word;
  return { fact, op, value };
}
