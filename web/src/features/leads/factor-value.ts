// What a factor looked at, in a few words.
import type { ScoreFactor } from '../../api/rows';
import { range } from '../../lib/domain';
import { count, has, lookup, t } from '../../lib/en-leads';

/** Our word for a factor; a model of the team's own brings its label. */
export const factorName = ({ field, label }: ScoreFactor): string =>
  has(`factor.${field}`) ? lookup('factor', field) : label;

export function factorValue({ field, value }: ScoreFactor): string {
  if (value === null || value === '') return t('lead.unknown');
  if (Array.isArray(value)) {
    if (field === 'pain_points') return t('score.relevant', { n: value.length });
    return value.map((one) => lookup('engaged', one)).join(', ');
  }
  switch (field) {
    case 'revenue': return `US$${range(String(value))}`;
    case 'interest': return typeof value === 'number' ? t('score.of_ten', { n: value }) : String(value);
    case 'transactions': return typeof value === 'number' ? t('lead.a_month', { n: value }) : String(value);
    case 'business_age': return typeof value === 'number' ? count('score.years', value) : String(value);
    default: return range(String(value));
  }
}
