// Pure helpers of a merge: which facts differ, which are taken, and what of the other lead goes along.
import type { ActivityRow, LeadDetail } from '../../api/rows';
import { painName } from '../../lib/en-leads';
import { t } from '../../lib/en-merge';
import { factName, factWords } from './fact-words';
import { toldFacts } from './timeline-model';

export const mergeFacts = [
  ...toldFacts.filter((fact) => fact !== 'tags'), 'pain_points', 'decision_makers', 'package_seen', 'signed_up', 'consent_marketing',
] as const;
export type MergeFact = (typeof mergeFacts)[number];

/** These have one currency between them. */
const amounts: readonly MergeFact[] = ['average_ticket', 'stated_value'];

const plainOf = (lead: LeadDetail, fact: MergeFact): string => {
  const value = lead[fact];
  return Array.isArray(value) ? [...value].sort().join('\n') : String(value ?? '');
};

const isEmpty = (lead: LeadDetail, fact: MergeFact): boolean => plainOf(lead, fact) === '';

const same = (a: LeadDetail, b: LeadDetail, fact: MergeFact): boolean =>
  plainOf(a, fact) === plainOf(b, fact) && (!amounts.includes(fact) || isEmpty(a, fact) || a.currency === b.currency);

export const differing = (a: LeadDetail, b: LeadDetail): MergeFact[] => mergeFacts.filter((fact) => !same(a, b, fact));
export const agreeing = (a: LeadDetail, b: LeadDetail): MergeFact[] =>
  mergeFacts.filter((fact) => same(a, b, fact) && !isEmpty(a, fact));

/** At first what the kept lead does not know comes from the other one. */
export const firstTaken = (kept: LeadDetail, other: LeadDetail): MergeFact[] => {
  const missing = differing(kept, other).filter((fact) => isEmpty(kept, fact) || (kept[fact] === false && other[fact] === true && fact !== 'consent_marketing'));
  return withAmounts(missing.filter((fact) => !amounts.includes(fact) || fits(kept, other)), kept, other);
};

const fits = (kept: LeadDetail, other: LeadDetail): boolean =>
  kept.currency === other.currency || amounts.every((fact) => isEmpty(kept, fact));

/** Where the currencies differ, both amounts are taken or none. */
function withAmounts(taken: MergeFact[], kept: LeadDetail, other: LeadDetail): MergeFact[] {
  if (kept.currency === other.currency || !taken.some((fact) => amounts.includes(fact))) return taken;
  return mergeFacts.filter((fact) => taken.includes(fact) || (amounts.includes(fact) && !same(kept, other, fact)));
}

export function toggleTaken(taken: readonly MergeFact[], fact: MergeFact, take: boolean, kept: LeadDetail, other: LeadDetail): MergeFact[] {
  const together = amounts.includes(fact) && kept.currency !== other.currency ? amounts : [fact];
  if (!take) return taken.filter((one) => !together.includes(one));
  return withAmounts(mergeFacts.filter((one) => taken.includes(one) || one === fact), kept, other);
}

export function mergeFactName(fact: MergeFact): string {
  switch (fact) {
    case 'pain_points': return t('lead.pains');
    case 'decision_makers': return t('lead.decision');
    case 'package_seen': return t('merge.package');
    case 'signed_up': return t('merge.signed');
    case 'consent_marketing': return t('merge.news');
    case 'business_name': return t('lead.business');
    case 'owner_name': return t('lead.contact');
    default: return factName(fact);
  }
}

export function mergeFactWords(lead: LeadDetail, fact: MergeFact): string {
  switch (fact) {
    case 'pain_points': return lead.pain_points.length === 0 ? t('lead.none') : lead.pain_points.map(painName).join(', ');
    case 'decision_makers': return lead.decision_makers.length === 0 ? t('lead.none') : lead.decision_makers.join(', ');
    case 'package_seen': case 'signed_up': case 'consent_marketing': return t(lead[fact] ? 'merge.yes' : 'merge.no');
    default: return factWords(fact, lead[fact], lead.currency);
  }
}

const byPeople: readonly string[] = ['call', 'email', 'meeting', 'visit', 'message', 'note', 'task'];

/** What goes along whatever is chosen. */
export function goesAlong(kept: LeadDetail, other: LeadDetail, activities: readonly ActivityRow[]) {
  const known = new Set(kept.submission_phones.map(({ number }) => number));
  return {
    activities: activities.filter(({ kind }) => byPeople.includes(kind)).length,
    deals: other.deals.length,
    phones: other.submission_phones.filter(({ number }) => !known.has(number)).length,
    tags: other.tags.filter((tag) => !kept.tags.includes(tag)),
  };
}
