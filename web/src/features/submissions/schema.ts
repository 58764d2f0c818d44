// The rules of a submission, the same as in the server: both run over tests/fixtures/submissions.
import * as z from 'zod/mini';

import { businessTypes, employeeBands, painPoints, revenueBands } from '../../lib/domain';
import { languages } from '../../lib/language';
import type { PhoneReading } from './phone';
import {
  businessName, consent, emailForm, flag, money, name, oneOf, type Rule, text, whole,
} from './rules';

export interface Fault {
  field: string;
  rule: string;
}

/** What the rules must know of a published country. */
export interface CountryRules {
  code: string;
  postal_pattern?: string | null | undefined;
  form_fields: { name: string; max_length: number }[];
}

type ReadPhone = (typed: string, country: string) => PhoneReading;

const by = (rule: Rule) =>
  z.unknown().check((ctx) => {
    const broken = rule(ctx.value);
    if (broken) ctx.issues.push({ code: 'custom', message: broken, input: ctx.value });
  });

const listOf = (item: Rule, max: number) =>
  z.unknown().check((ctx) => {
    const { value } = ctx;
    if (value === null || value === undefined) return;
    const refuse = (message: string, path: PropertyKey[] = []) =>
      ctx.issues.push({ code: 'custom', message, input: value, path });
    if (!Array.isArray(value)) return void refuse('invalid');
    const filled = value.filter((one) => typeof one !== 'string' || one.trim() !== '');
    if (filled.length > max) return void refuse('too_long');
    value.forEach((one, i) => {
      const broken = item(one);
      if (broken) refuse(broken, [i]);
    });
  });

const labels = ['mobile', 'work', 'home', 'whatsapp', 'other'];
const record = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const blank = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Blank entries do not count; the rest keep their place in the list. */
function phoneFaults(value: unknown, country: string, readPhone: ReadPhone): Fault[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) return [{ field: 'phones', rule: 'invalid' }];
  const list: unknown[] = value;
  const empty = (one: unknown) => record(one) && blank(one['number']);
  const filled = list.filter((one) => !empty(one));
  if (filled.length > 5) return [{ field: 'phones', rule: 'too_long' }];
  if (filled.filter((one) => record(one) && one['primary'] === true).length > 1) {
    return [{ field: 'phones', rule: 'invalid' }];
  }
  const number = text({
    max: 40,
    form: (typed) => {
      const reading = readPhone(typed, country);
      return reading.ok ? null : reading.rule;
    },
  });
  return list.flatMap((one, i) => {
    if (!record(one)) return [{ field: `phones.${i}`, rule: 'invalid' }];
    if (empty(one)) return [];
    const parts: [string, string | null][] = [
      ['number', number(one['number'])],
      ['label', oneOf(labels)(one['label'])],
      ['primary', flag(one['primary'])],
    ];
    return parts.flatMap(([part, rule]) => (rule ? [{ field: `phones.${i}.${part}`, rule }] : []));
  });
}

function extraFaults(value: unknown, country: CountryRules | undefined): Fault[] {
  if (value === null || value === undefined) return [];
  if (!record(value)) return [{ field: 'form_data', rule: 'invalid' }];
  const entries = Object.entries(value);
  if (entries.length > 40) return [{ field: 'form_data', rule: 'too_long' }];
  if (entries.some(([key]) => !/^[a-z0-9_]{1,40}$/.test(key))) return [{ field: 'form_data', rule: 'invalid' }];
  return entries.flatMap(([key, entry]) => {
    const max = country?.form_fields.find((field) => field.name === key)?.max_length ?? 500;
    const rule = extraRule(entry, max);
    return rule ? [{ field: `form_data.${key}`, rule }] : [];
  });
}

function extraRule(entry: unknown, max: number): string | null {
  if (entry === null || typeof entry === 'boolean' || typeof entry === 'number') return null;
  if (!Array.isArray(entry)) return text({ max })(entry);
  if (entry.length > 20) return 'too_long';
  return entry.map((one) => (typeof one === 'string' ? text({ max })(one) : 'invalid')).find(Boolean) ?? null;
}

const postal = (pattern: string | null | undefined): Rule =>
  text({
    max: 20,
    form: (typed) => {
      const written = typed.toUpperCase().replace(/\s+/g, '-');
      return pattern && !new RegExp(pattern).test(written) ? 'invalid' : null;
    },
  });

const fieldsOf = (countries: readonly CountryRules[], country: CountryRules | undefined) =>
  z.object({
    business_name: by(businessName),
    owner_name: by(name),
    email: by(text({ max: 254, form: emailForm })),
    country: by(oneOf(countries.map((one) => one.code), true)),
    sub_area: by(text({ max: 20 })),
    postal_code: by(postal(country?.postal_pattern)),
    address: by(text({ max: 300, lines: true })),
    business_type: by(oneOf(businessTypes, true)),
    monthly_revenue_band: by(oneOf(revenueBands)),
    employee_band: by(oneOf(employeeBands)),
    monthly_transactions: by(whole(0, 10_000_000)),
    average_ticket: by(money),
    year_established: by(whole(1800, new Date().getUTCFullYear())),
    pain_points: listOf(oneOf(painPoints), painPoints.length),
    current_processor: by(text({ max: 80 })),
    interest_level: by(whole(1, 10, true)),
    decision_makers: listOf(text({ max: 80 }), 10),
    specific_needs: by(text({ max: 2000, lines: true })),
    package_seen: by(flag),
    preferred_language: by(oneOf(languages)),
    consent_contact: by(consent),
    consent_version: by(text({ max: 40 })),
    consent_marketing: by(flag),
    elapsed_ms: by(whole(0, Number.MAX_SAFE_INTEGER)),
  });

/** Every broken rule, one a field. `input` has the names of the lead API. */
export function faultsOf(input: unknown, countries: readonly CountryRules[], readPhone: ReadPhone): Fault[] {
  const given = record(input) ? input : {};
  const country = countries.find((one) => one.code === given['country']);
  const fields = fieldsOf(countries, country);
  // A key that is not there is as good as null, so the same rule sees both.
  const complete = Object.fromEntries(Object.keys(fields.shape).map((key) => [key, given[key] ?? null]));
  const result = z.safeParse(fields, complete);
  const faults = (result.error?.issues ?? []).map((issue) => ({
    field: issue.path.map(String).join('.'), rule: issue.message,
  }));
  faults.push(...phoneFaults(given['phones'], country?.code ?? '', readPhone));
  faults.push(...extraFaults(given['form_data'], country));
  const email = !blank(given['email']);
  const phones = Array.isArray(given['phones'])
    && given['phones'].some((one: unknown) => record(one) && !blank(one['number']));
  if (!email && !phones) faults.push({ field: 'email', rule: 'needs_email_or_phone' });
  return faults;
}
