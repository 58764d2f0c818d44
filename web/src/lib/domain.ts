// The words of the domain that several screens share: statuses, bands, countries, answer keys.
import { locale } from './language';

export const statuses = [
  'new', 'contacted', 'qualified', 'nurture', 'converted', 'disqualified', 'archived',
] as const;
export type Status = (typeof statuses)[number];
export const openStatuses: readonly Status[] = ['new', 'contacted', 'qualified', 'nurture'];

/** The orders of a list of leads, as the address names them. */
export const leadSorts = ['score', 'newest', 'oldest', 'name'] as const;

export const bands = ['hot', 'warm', 'cool', 'cold'] as const;
export type Band = (typeof bands)[number];

/** Hot 80 and up, warm 60, cool 40. */
export function bandOf(score: number): Band {
  if (score >= 80) return 'hot';
  if (score >= 60) return 'warm';
  return score >= 40 ? 'cool' : 'cold';
}

export const roles = ['rep', 'manager', 'admin', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const businessTypes = [
  'restaurant', 'retail', 'hospitality', 'healthcare', 'automotive', 'other',
] as const;
export type BusinessType = (typeof businessTypes)[number];

/** By which door a lead came. */
export const channels = ['public_form', 'rep_form', 'import', 'api', 'sql'] as const;

export const revenueBands = ['0-10k', '10k-50k', '50k-100k', '100k-250k', '250k+'] as const;
export type RevenueBand = (typeof revenueBands)[number];

export const employeeBands = ['1-5', '6-20', '21-50', '51-100', '100+'] as const;
export type EmployeeBand = (typeof employeeBands)[number];

export const painPoints = [
  'high_fees', 'slow_processing', 'international_payments', 'poor_support', 'security_concerns',
  'reporting', 'integration', 'equipment',
] as const;
export type PainPoint = (typeof painPoints)[number];

export interface Country {
  code: string;
  name: string;
  zone: string;
  /** Chart series: the same ink for a country on every screen. */
  series: 1 | 2 | 3 | 4 | 5;
}

const known: readonly Country[] = [
  { code: 'JM', name: 'Jamaica', zone: 'America/Jamaica', series: 1 },
  { code: 'KY', name: 'Cayman Islands', zone: 'America/Cayman', series: 2 },
  { code: 'CW', name: 'Curaçao', zone: 'America/Curacao', series: 3 },
];

export function countryOf(code: string): Country {
  return known.find((country) => country.code === code)
    ?? { code, name: /^[A-Z]{2}$/.test(code) ? (new Intl.DisplayNames(locale(), { type: 'region' }).of(code) ?? code) : code, zone: 'UTC', series: 4 };
}

/** `10k-50k` -> `10k–50k`: a range is written with an en dash. */
export const range = (band: string): string => band.replace('-', '–');
