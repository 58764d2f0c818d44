// Pure helpers of editing a fact: what may be chosen, and what was typed as the value that is stored.
import { businessTypes, employeeBands, revenueBands } from '../../lib/domain';
import { languages } from '../../lib/language';
import { t } from '../../lib/en-lead-edit';
import { factWords } from './fact-words';
import type { ToldFact } from './timeline-model';

export type EditableFact = Exclude<ToldFact, 'tags' | 'phone'>;

const choices: Partial<Record<EditableFact, readonly string[]>> = {
  business_type: businessTypes, monthly_revenue_band: revenueBands, employee_band: employeeBands, preferred_language: languages,
  interest_level: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'],
};
/** Always known: there is no way to forget them. */
const needed: readonly EditableFact[] = ['business_type', 'interest_level'];
const numbers: readonly EditableFact[] = ['monthly_transactions', 'average_ticket', 'year_established', 'interest_level', 'stated_value'];

export function optionsOf(fact: EditableFact): { value: string; label: string }[] | null {
  const known = choices[fact];
  if (!known) return null;
  const options = known.map((value) => ({ value, label: factWords(fact, value, null) }));
  return needed.includes(fact) ? options : [{ value: '', label: t('edit.nothing') }, ...options];
}

/** What was typed, as the column has it; empty text is nothing. */
export function readFact(fact: EditableFact, typed: string): string | number | null {
  const text = typed.trim();
  if (text === '') return null;
  if (!numbers.includes(fact)) return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
