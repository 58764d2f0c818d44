// Reading a typed phone number. Loaded with the first letter somebody types: the metadata is the heavy part.
import {
  type CountryCode, getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

export type PhoneReading =
  | { ok: true; e164: string; region: string | undefined }
  | { ok: false; rule: 'invalid' | 'phone_needs_area_code' };

const country = (code: string): CountryCode | undefined => (isSupportedCountry(code) ? code : undefined);

/** Accepts a number valid in its country or written internationally; repairs Curaçao's missing 9. */
export function readPhone(typed: string, countryCode: string): PhoneReading {
  const home = country(countryCode);
  const digits = typed.replace(/\D/g, '');
  const isLocal = digits.length === 7 && !typed.trim().startsWith('+');
  const parsed = parsePhoneNumberFromString(typed, { extract: false, ...(home && { defaultCountry: home }) });
  if (parsed?.isValid()) return { ok: true, e164: parsed.number, region: parsed.country };
  if (isLocal && home === 'CW') return readPhone(`+5999${digits}`, countryCode);
  const lacksArea = isLocal && home && getCountryCallingCode(home) === '1';
  return { ok: false, rule: lacksArea ? 'phone_needs_area_code' : 'invalid' };
}

/** For seven digits: the number under each area code of the country, those that exist first. */
export function suggestPhones(typed: string, prefixes: readonly string[]): string[] {
  const digits = typed.replace(/\D/g, '');
  if (digits.length !== 7) return [];
  const readings = prefixes.map((prefix) => parsePhoneNumberFromString(`+${prefix}${digits}`));
  const valid = readings.filter((reading) => reading?.isValid());
  return (valid.length > 0 ? valid : readings).flatMap((one) => (one ? [one.formatInternational()] : []));
}
