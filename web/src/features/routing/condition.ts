// Conditions of routing rules: the server's part of JSON Logic (src/leads/condition.h), checked as it is typed. Both run over
// tests/fixtures/routing, so what is accepted here is accepted there.
import { businessTypes, bands, employeeBands, painPoints, revenueBands } from '../../lib/domain';
import { languages } from '../../lib/language';

type FactType = 'text' | 'number' | 'truth' | 'list';

export interface Fact {
  name: string;
  type: FactType;
  words: readonly string[];
}

const fact = (name: string, type: FactType, words: readonly string[] = []): Fact => ({ name, type, words });

export const facts: readonly Fact[] = [
  fact('business_type', 'text', businessTypes), fact('country', 'text'), fact('territory', 'text'),
  fact('monthly_revenue_band', 'text', revenueBands), fact('employee_band', 'text', employeeBands),
  fact('preferred_language', 'text', languages), fact('channel', 'text', ['public_form', 'rep_form', 'import', 'api', 'sql']),
  fact('score_band', 'text', bands), fact('current_processor', 'text'), fact('lead_score', 'number'), fact('interest_level', 'number'),
  fact('monthly_transactions', 'number'), fact('year_established', 'number'), fact('value_usd', 'number'), fact('previous_customer', 'truth'),
  fact('package_seen', 'truth'), fact('signed_up', 'truth'), fact('working_hours', 'truth'), fact('has_email', 'truth'), fact('has_phone', 'truth'),
  fact('pain_points', 'list', painPoints), fact('flags', 'list'),
];

export const factOf = (name: string): Fact | undefined => facts.find((one) => one.name === name);

/** Where a condition is wrong, as a JSON Pointer, and which rule it breaks. */
export interface ConditionFault {
  path: string;
  rule: 'too_large' | 'too_deep' | 'too_many' | 'malformed' | 'unknown_operator' | 'unknown_field' | 'wrong_arity' | 'wrong_type' | 'needs_field' | 'not_allowed';
}

type Known = Readonly<Record<string, unknown>>;
type Test = (known: Known) => boolean;

const bytesMax = 8 * 1024;
const depthMax = 10;
const operationsMax = 100;
const listMax = 50;
const wordBytesMax = 200;

const bytes = (text: string): number => new TextEncoder().encode(text).length;
const below = (path: string, step: string | number): string => `${path}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

class Refused extends Error {
  readonly fault: ConditionFault;

  constructor(path: string, rule: ConditionFault['rule']) {
    super(rule);
    this.fault = { path, rule };
  }
}

function refuse(path: string, rule: ConditionFault['rule']): never {
  throw new Refused(path, rule);
}

export function varOf(value: unknown): string | null {
  if (!isObject(value) || Object.keys(value).length !== 1) return null;
  const name = value['var'];
  return typeof name === 'string' ? name : null;
}

function known(name: unknown, path: string): Fact {
  return (typeof name === 'string' ? factOf(name) : undefined) ?? refuse(path, 'unknown_field');
}

function operands(value: unknown, path: string, least: number, most: number): unknown[] {
  return Array.isArray(value) && value.length >= least && value.length <= most ? value : refuse(path, 'wrong_arity');
}

function word(of: Fact, value: unknown, path: string): string {
  if (typeof value !== 'string') return refuse(path, 'wrong_type');
  if (bytes(value) > wordBytesMax) return refuse(path, 'too_large');
  return of.words.length > 0 && !of.words.includes(value) ? refuse(path, 'not_allowed') : value;
}

const fits = (of: Fact, value: unknown): boolean =>
  of.type === 'text' ? typeof value === 'string'
    : of.type === 'number' ? isNumber(value)
      : of.type === 'truth' ? typeof value === 'boolean' : Array.isArray(value);

/** A test of one fact; one that is not known is answered by `unknown`. */
const leaf = (of: Fact, test: (value: unknown) => boolean, unknown = false): Test => (all) => {
  const value = all[of.name];
  return fits(of, value) ? test(value) : unknown;
};

function equality(equal: boolean, operand: unknown, path: string): Test {
  const items = operands(operand, path, 2, 2);
  const side = varOf(items[0]) === null ? 1 : 0;
  const name = varOf(items[side]);
  if (name === null || varOf(items[1 - side]) !== null) return refuse(path, 'needs_field');
  const of = known(name, below(path, side));
  const value = items[1 - side];
  const where = below(path, 1 - side);
  if (of.type === 'text') word(of, value, where);
  else if (of.type === 'list' || !fits(of, value)) return refuse(where, 'wrong_type');
  return leaf(of, (now) => (now === value) === equal, !equal);
}

function order(name: '<' | '<=' | '>' | '>=', operand: unknown, path: string): Test {
  const items = operands(operand, path, 2, name.startsWith('<') ? 3 : 2);
  const found: { of: Fact; at: number }[] = [];
  items.forEach((item, i) => {
    const named = varOf(item);
    if (named === null && !isNumber(item)) refuse(below(path, i), 'wrong_type');
    if (named === null) return;
    if (found.length > 0) refuse(path, 'needs_field');
    const of = known(named, below(path, i));
    if (of.type !== 'number') refuse(below(path, i), 'wrong_type');
    found.push({ of, at: i });
  });
  const [one] = found;
  if (!one || (items.length === 3 && one.at !== 1)) return refuse(path, 'needs_field');
  const { of, at } = one;
  const holds = (a: number, b: number) => (name === '<' ? a < b : name === '<=' ? a <= b : name === '>' ? a > b : a >= b);
  return leaf(of, (now) => {
    const filled = items.map((item, i) => (i === at ? now : item) as number);
    return filled.every((value, i) => i === 0 || holds(filled[i - 1] as number, value));
  });
}

function membership(operand: unknown, path: string): Test {
  const [first, second] = operands(operand, path, 2, 2);
  const list = varOf(second);
  if (list !== null && varOf(first) === null) {
    const of = known(list, below(path, 1));
    if (of.type !== 'list') return refuse(below(path, 1), 'wrong_type');
    const wanted = word(of, first, below(path, 0));
    return leaf(of, (now) => (now as unknown[]).includes(wanted));
  }
  const name = varOf(first);
  if (name === null) return refuse(path, 'needs_field');
  const of = known(name, below(path, 0));
  const where = below(path, 1);
  if (of.type !== 'text') return refuse(below(path, 0), 'wrong_type');
  if (!Array.isArray(second)) return refuse(where, 'wrong_type');
  const words = operands(second, where, 1, listMax).map((item, i) => word(of, item, below(where, i)));
  return leaf(of, (now) => words.includes(now as string));
}

function missing(operand: unknown, path: string): Test {
  const one = (name: unknown, where: string): Test => {
    if (typeof name !== 'string') return refuse(where, 'wrong_type');
    const of = known(name, where);
    return (all) => !fits(of, all[of.name]);
  };
  if (typeof operand === 'string') return one(operand, path);
  const tests = operands(operand, path, 1, listMax).map((name, i) => one(name, below(path, i)));
  return (all) => tests.some((test) => test(all));
}

function truth(operand: unknown, path: string): Test {
  if (typeof operand !== 'string') return refuse(path, 'wrong_type');
  const of = known(operand, path);
  return of.type === 'truth' ? leaf(of, (now) => now === true) : refuse(path, 'wrong_type');
}

class Reader {
  private operations = 0;

  expression(value: unknown, path: string, depth: number): Test {
    if (depth > depthMax) return refuse(path, 'too_deep');
    this.operations += 1;
    if (this.operations > operationsMax) return refuse(path, 'too_many');
    if (typeof value === 'boolean') return () => value;
    const [entry, ...more] = isObject(value) ? Object.entries(value) : [];
    if (entry === undefined || more.length > 0) return refuse(path, 'malformed');
    return this.operation(entry[0], entry[1], below(path, entry[0]), depth);
  }

  private operation(name: string, operand: unknown, path: string, depth: number): Test {
    switch (name) {
      case 'and': case 'or': {
        const tests = operands(operand, path, 1, listMax).map((item, i) => this.expression(item, below(path, i), depth + 1));
        return name === 'and' ? (all) => tests.every((test) => test(all)) : (all) => tests.some((test) => test(all));
      }
      case '!': {
        const inside = Array.isArray(operand)
          ? this.expression(operands(operand, path, 1, 1)[0], below(path, 0), depth + 1)
          : this.expression(operand, path, depth + 1);
        return (all) => !inside(all);
      }
      case 'var': return truth(operand, path);
      case 'missing': return missing(operand, path);
      case '==': case '!=': return equality(name === '==', operand, path);
      case '<': case '<=': case '>': case '>=': return order(name, operand, path);
      case 'in': return membership(operand, path);
      default: return refuse(path, 'unknown_operator');
    }
  }
}

/** A test to run on the facts of a lead, or what is wrong. */
export function readCondition(value: unknown): { test: Test } | { fault: ConditionFault } {
  try {
    if (bytes(JSON.stringify(value)) > bytesMax) refuse('', 'too_large');
    return { test: new Reader().expression(value, '', 1) };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.fault };
    throw error;
  }
}
