// The rules of one place as somebody drafts them: what applies there, moving one, and what a rule is.
export const ruleKinds = ['returning_customer', 'high_value', 'specialist', 'territory', 'neighbours', 'parent', 'reps', 'queue'] as const;
export type RuleKind = (typeof ruleKinds)[number];
export type Strategy = 'least_loaded' | 'round_robin';

export interface RuleParams {
  strategy?: Strategy;
  specialities?: string[];
  languages?: string[];
  reps?: string[];
  at_work?: boolean;
  alert?: boolean;
  min_value_usd?: number;
  min_conversion?: number;
  min_closed?: number;
  months?: number;
}

export interface Rule {
  /** Null: not saved yet. */
  id: number | null;
  /** Null: everywhere. */
  territory_id: number | null;
  priority: number;
  kind: RuleKind;
  name: string;
  enabled: boolean;
  condition: unknown;
  params: RuleParams;
}

/** A rule that counts at a place. `mine`: it is one of the rules that are edited; `over`: the one further up that it replaces. */
export interface Line {
  rule: Rule;
  mine: boolean;
  over: Rule | null;
}

export const sameRule = (a: Rule, b: Rule): boolean => JSON.stringify([a.id, a.priority, a.kind, a.name, a.enabled, a.condition, a.params])
  === JSON.stringify([b.id, b.priority, b.kind, b.name, b.enabled, b.condition, b.params]);

export const sameRules = (a: readonly Rule[], b: readonly Rule[]): boolean => a.length === b.length && a.every((rule, i) => {
  const other = b[i];
  return other !== undefined && sameRule(rule, other);
});

const sorted = (rules: readonly Rule[]): Rule[] => [...rules].sort((a, b) => a.priority - b.priority);

/**
 * What applies at a place, in order: `own` are its rules, `above` those of the places above it. Where two have one priority, the
 * nearer one counts; `depth` says how near a place is, more is nearer.
 */
export function linesOf(own: readonly Rule[], above: readonly Rule[], depth: (territory: number | null) => number): Line[] {
  const nearest = new Map<number, Rule>();
  for (const rule of above) {
    const known = nearest.get(rule.priority);
    if (!known || depth(rule.territory_id) > depth(known.territory_id)) nearest.set(rule.priority, rule);
  }
  const lines: Line[] = own.map((rule) => ({ rule, mine: true, over: nearest.get(rule.priority) ?? null }));
  for (const rule of nearest.values()) {
    if (!own.some(({ priority }) => priority === rule.priority)) lines.push({ rule, mine: false, over: null });
  }
  return lines.sort((a, b) => a.rule.priority - b.rule.priority);
}

/** Own rules side by side share the room between those that stay where they are; null: there is too little. */
function respaced(run: readonly Rule[], low: number, high: number): Rule[] | null {
  const step = (high - low) / (run.length + 1);
  return step < 1 ? null : run.map((rule, i) => ({ ...rule, priority: Math.floor(low + step * (i + 1)) }));
}

/** Puts the own rule at `from` of the lines to the place `to`; null: there is no priority left between its new neighbours. */
export function moved(lines: readonly Line[], from: number, to: number): Rule[] | null {
  const line = lines[from];
  if (!line?.mine || to < 0 || to >= lines.length) return null;
  const rest = lines.filter((_, i) => i !== from);
  rest.splice(to, 0, line);
  const own = (some: readonly Line[]): Rule[] => some.filter(({ mine }) => mine).map(({ rule }) => rule);
  const low = rest[to - 1]?.rule.priority ?? 0;
  const high = rest[to + 1]?.rule.priority ?? 1000;
  if (high - low >= 2) {
    const priority = high === 1000 ? Math.min(low + 10, 999) : Math.floor((low + high) / 2);
    return own(rest).map((rule) => (rule === line.rule ? { ...rule, priority } : rule));
  }
  let start = to;
  while (rest[start - 1]?.mine) start -= 1;
  let end = to;
  while (rest[end + 1]?.mine) end += 1;
  const run = respaced(own(rest.slice(start, end + 1)), rest[start - 1]?.rule.priority ?? 0, rest[end + 1]?.rule.priority ?? 1000);
  return run && sorted([...own(rest.slice(0, start)), ...run, ...own(rest.slice(end + 1))]);
}

/** A new rule before the first that takes every lead of the place; null: no priority is free there. */
export function added(lines: readonly Line[], territory: number | null, name: string): { rules: Rule[]; rule: Rule } | null {
  const at = lines.findIndex(({ rule }) => rule.kind === 'territory' && rule.condition === null && rule.enabled);
  const before = at < 0 ? lines.length : at;
  const low = lines[before - 1]?.rule.priority ?? 0;
  const high = lines[before]?.rule.priority ?? 1000;
  if (high - low < 2) return null;
  const rule: Rule = {
    id: null, territory_id: territory, priority: Math.floor((low + high) / 2), kind: 'territory', name, enabled: true, condition: null, params: {},
  };
  return { rule, rules: sorted([...lines.filter(({ mine }) => mine).map((line) => line.rule), rule]) };
}

export const withRule = (own: readonly Rule[], old: Rule, next: Rule): Rule[] => sorted(own.map((rule) => (rule === old ? next : rule)));
export const withoutRule = (own: readonly Rule[], old: Rule): Rule[] => own.filter((rule) => rule !== old);

/** An inherited rule as one of the place's own, to be changed there. */
export const copied = (own: readonly Rule[], rule: Rule, territory: number | null, change: Partial<Rule>): Rule[] =>
  sorted([...own, { ...rule, ...change, id: null, territory_id: territory }]);
