// What a factor looked at, in a few words.
import type { ScoreFactor } from '../../api/rows';
import { range } from '../../lib/domain';
import { t } from '../../lib/en-leads';

export function factorValue({ field, value }: ScoreFactor): string {
  if (value === null || value === '') return t('lead.unknown');
  const text = typeof value === 'number' ? value.toLocaleString('en') : String(value);
  switch (field) {
    case 'revenue': return `US$${range(text)}`;
    case 'interest': return typeof value === 'number' ? t('score.of_ten', { n: value }) : text;
    case 'transactions': return typeof value === 'number' ? t('lead.a_month', { n: value }) : text;
    default: return range(text);
  }
}
