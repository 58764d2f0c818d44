// From answers to the body the lead API takes, and from faults to the step that holds the field.
import { symbolOf } from '../../lib/money';
import { t } from '../../lib/en-form';
import { language, locale } from '../../lib/language';
import type { Draft } from './draft';
import type { Fault } from './schema';

const consentVersion = 'en-2026-11';

const number = (typed: string): number | undefined => {
  const plain = typed.replace(/[\s,]/g, '');
  return plain === '' ? undefined : Number(plain);
};

const given = (typed: string): string | undefined => (typed.trim() === '' ? undefined : typed.trim());

/** The request body; an unanswered question is left out. */
export function bodyOf(draft: Draft): Record<string, unknown> {
  const extra = Object.entries(draft.form_data).filter(([, value]) => value.trim() !== '');
  const body: Record<string, unknown> = {
    business_name: draft.business_name,
    owner_name: draft.owner_name,
    email: given(draft.email),
    phones: given(draft.phone) ? [{ number: draft.phone.trim(), label: 'mobile', primary: true }] : undefined,
    country: draft.country,
    sub_area: given(draft.sub_area),
    postal_code: given(draft.postal_code),
    business_type: draft.business_type,
    monthly_revenue_band: given(draft.monthly_revenue_band),
    employee_band: given(draft.employee_band),
    monthly_transactions: number(draft.monthly_transactions),
    average_ticket: number(draft.average_ticket),
    year_established: number(draft.year_established),
    pain_points: draft.pain_points,
    current_processor: given(draft.current_processor),
    interest_level: draft.interest_level ?? undefined,
    specific_needs: given(draft.specific_needs),
    preferred_language: language(),
    consent_contact: draft.consent_contact,
    consent_version: consentVersion,
    consent_marketing: draft.consent_marketing,
    form_data: extra.length > 0 ? Object.fromEntries(extra) : undefined,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

const stepFields: readonly (readonly string[])[] = [
  ['business_name', 'business_type', 'country', 'sub_area', 'postal_code'],
  ['owner_name', 'phone', 'email', 'consent_contact', 'consent_marketing'],
  ['interest_level', 'pain_points', 'monthly_revenue_band'],
];
export const stepCount = stepFields.length + 1;

/** The field on the page that a fault belongs to: `phones.0.number` is the one phone field. */
export const pageField = (field: string): string => (field.startsWith('phones') ? 'phone' : field);

export function stepOf(field: string): number {
  const step = stepFields.findIndex((fields) => fields.includes(pageField(field)));
  return step < 0 ? stepCount - 1 : step;
}

export const faultsOfStep = (faults: Fault[], step: number): Fault[] =>
  faults.filter((fault) => stepOf(fault.field) === step);

const limits: Record<string, [number, number | null]> = {
  '0-10k': [0, 10_000], '10k-50k': [10_000, 50_000], '50k-100k': [50_000, 100_000],
  '100k-250k': [100_000, 250_000], '250k+': [250_000, null],
};

const usd = (amount: number): string => amount.toLocaleString(locale());

/** `US$10,000–50,000`. */
export function bandInDollars(band: string): string {
  const [from, to] = limits[band] ?? [0, null];
  if (to === null) return t('or_more', { from: `US$${usd(from)}` });
  return from === 0 ? t('up_to_small', { to: `US$${usd(to)}` }) : `US$${usd(from)}–${usd(to)}`;
}

interface LocalAmount {
  figure: string;
  /** With its unit, where it has one. */
  whole: string;
  large: boolean;
}

function local(amount: number): LocalAmount {
  const large = amount >= 1e6;
  const figure = large
    ? (amount / 1e6).toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    : (Math.round(amount / 1000) * 1000).toLocaleString(locale());
  return { figure, whole: large ? t('million', { n: figure }) : figure, large };
}

/** The band in the money of the place; `usdPerUnit` is what one unit of it is worth in dollars. */
export function bandInCurrency(band: string, currency: string, usdPerUnit: number): string {
  const [from, to] = limits[band] ?? [0, null];
  const symbol = symbolOf(currency);
  const low = local(from / usdPerUnit);
  if (to === null) return t('or_more', { from: symbol + low.whole });
  const high = local(to / usdPerUnit);
  if (from === 0) return t('up_to', { to: symbol + high.whole });
  return `${symbol}${low.large === high.large ? low.figure : low.whole}–${high.whole}`;
}
