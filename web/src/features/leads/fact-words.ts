// A fact of a lead in words: its name and its value, as it is shown, edited and told.
import { businessTypes, range } from '../../lib/domain';
import { languages } from '../../lib/language';
import { lookup, t, typeName } from '../../lib/en-leads';
import { recordMoney, symbolOf } from '../../lib/money';
import type { ToldFact } from './timeline-model';

const names: Readonly<Record<ToldFact, () => string>> = {
  business_name: () => t('lead.business'), owner_name: () => t('lead.owner'), email: () => t('lead.email'), phone: () => t('lead.phone'),
  address: () => t('lead.address'), postal_code: () => t('lead.postal'), business_type: () => t('lead.type'),
  monthly_revenue_band: () => t('lead.revenue'), employee_band: () => t('lead.employees'), monthly_transactions: () => t('lead.transactions'),
  average_ticket: () => t('lead.ticket'), year_established: () => t('lead.established'), current_processor: () => t('lead.processor'),
  interest_level: () => t('lead.interest'), specific_needs: () => t('lead.needs'), stated_value: () => t('lead.stated'),
  preferred_language: () => t('lead.language'), tags: () => t('lead.tags'),
};

export const factName = (fact: ToldFact): string => names[fact]();

export function factWords(fact: ToldFact, value: unknown, currency: string | null): string {
  if (value === null || value === undefined || value === '') return t('lead.unknown');
  if (Array.isArray(value)) return value.length === 0 ? t('lead.none') : value.join(', ');
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  switch (fact) {
    case 'business_type': return typeName(businessTypes.find((one) => one === text) ?? 'other');
    case 'monthly_revenue_band': return `US$${range(text)}`;
    case 'employee_band': return range(text);
    case 'preferred_language': return languages.some((one) => one === text) ? lookup('language', text) : text;
    case 'monthly_transactions': return t('lead.a_month', { n: Number(text) });
    case 'interest_level': return t('score.of_ten', { n: Number(text) });
    case 'average_ticket': case 'stated_value': return `${currency === null ? '' : symbolOf(currency)}${recordMoney(Number(text))}`;
    default: return text;
  }
}
