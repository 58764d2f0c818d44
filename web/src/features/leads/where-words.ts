// Conditions in words: a value as people call it, a condition as a sentence.
import type { PersonRow, TerritoryNode } from '../../api/rows';
import { businessTypes, channels, range, statuses } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { typeName } from '../../lib/en-leads';
import { count, t } from '../../lib/en-where';
import { fields, type FieldName, type Group, isGroup, type Part, type Test } from './where';

export interface Known {
  people: readonly PersonRow[];
  nodes: readonly TerritoryNode[];
}

export function valueWords(field: FieldName, value: string, { people, nodes }: Known): string {
  switch (field) {
    case 'status': return statusName(statuses.find((one) => one === value) ?? 'new');
    case 'type': return typeName(businessTypes.find((one) => one === value) ?? 'other');
    case 'source': return t(`channel.${channels.find((one) => one === value) ?? 'sql'}`);
    case 'revenue': return range(value);
    case 'owner':
      return value === 'me' ? t('where.me') : value === 'none' ? t('where.nobody') : (people.find(({ id }) => id === value)?.full_name ?? t('app.somebody'));
    case 'territory': return nodes.find(({ id }) => String(id) === value)?.name ?? value;
    case 'created': case 'active': return count('where.days', Number(value));
    default: return fields[field].kind === 'number' ? Number(value).toLocaleString('en') : value;
  }
}

/** `Interest is at least 8`, in its three parts. */
export const testWords = ({ field, how, values }: Test, known: Known): [string, string, string] =>
  [t(`field.${field}`), t(`how.${how}`), values.map((value) => valueWords(field, value, known)).join(', ')];

export const partWords = (part: Part, known: Known): string => (isGroup(part)
  ? part.parts.map((one) => (isGroup(one) && one.parts.length > 1 ? `(${partWords(one, known)})` : partWords(one, known))).join(` ${joint(part)} `)
  : testWords(part, known).filter(Boolean).join(' '));

export const joint = ({ any }: Group): string => t(any ? 'where.or' : 'where.and');
