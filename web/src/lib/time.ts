// Times as people read them. Every function takes `now`, so that tests and redraws agree.
import { t } from './en';
import { locale } from './language';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, zone?: string): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options) + (zone ?? '');
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale(), zone ? { ...options, timeZone: zone } : options);
    formats.set(key, made);
  }
  return made;
}

/** A date in the language spoken, where the browser is or in the zone named. */
export const written = (at: Date, options: Intl.DateTimeFormatOptions, zone?: string): string =>
  format(options, zone).format(at);

export const monthName = (at: Date): string => written(at, { month: 'long' });

export const clock = (at: Date, zone?: string): string =>
  written(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, zone);

/** `3 Sep`: British English writes Sept, which would be the only month of four letters. */
export const dayMonth = (at: Date, zone?: string): string =>
  written(at, { day: 'numeric', month: 'short' }, zone).replace('Sept', 'Sep');

export const exact = (at: Date, zone?: string): string =>
  written(at, { dateStyle: 'full', timeStyle: 'long' }, zone);

/** `2026-11-22`, in the zone named, or else where the browser is. */
export const isoDay = (at: Date, zone?: string): string => {
  if (zone !== undefined) return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at);
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${String(at.getFullYear())}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
};

/** `18 Nov`, in another year `18 Nov 2025`. */
export const dayOf = (at: Date, now: Date): string =>
  at.getFullYear() === now.getFullYear() ? dayMonth(at) : `${dayMonth(at)} ${at.getFullYear()}`;

/** `now`, `4 min`, `2 h`, `Yesterday`, `18 Nov`, `18 Nov 2025`. */
export function ago(at: Date, now: Date): string {
  const passed = now.getTime() - at.getTime();
  if (passed < minute) return t('time.now');
  if (passed < hour) return t('time.min', { n: Math.floor(passed / minute) });
  if (isoDay(at) === isoDay(now)) return `${Math.floor(passed / hour)} ${t('time.h')}`;
  if (isoDay(at) === isoDay(new Date(now.getTime() - day))) return t('time.yesterday');
  return dayOf(at, now);
}

/** Today `10:42`, else the day: for feeds and time lines. */
export function stamp(at: Date, now: Date): string {
  return isoDay(at) === isoDay(now) ? clock(at) : ago(at, now);
}

interface Span {
  figure: string;
  unit: string;
}

/** 112 minutes -> `1 h 52 m`; two parts at most, whole days from two days on. */
export function span(minutes: number): Span[] {
  const whole = Math.max(0, Math.round(minutes));
  const [d, h, m] = [Math.floor(whole / 1440), Math.floor((whole % 1440) / 60), whole % 60];
  const parts = [
    { figure: String(d), unit: t('time.d') },
    { figure: String(h), unit: t('time.h') },
    { figure: String(m), unit: t('time.m') },
  ];
  const first = parts.findIndex((part) => part.figure !== '0');
  if (first < 0) return [{ figure: '0', unit: t('time.m') }];
  const shown = parts.slice(first, d >= 2 ? first + 1 : first + 2);
  return shown.filter((part, i) => i === 0 || part.figure !== '0');
}

export const spanText = (minutes: number): string =>
  span(minutes).map((part) => `${part.figure} ${part.unit}`).join(' ');

/** Nine in the morning of a day, where the person is. */
export const morningOf = (day: string): string => new Date(`${day}T09:00:00`).toISOString();

/** ISO week number: weekly figures compare across territories whatever their week start. */
export function isoWeek(at: Date): number {
  const thursday = new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const start = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - start) / day + 1) / 7);
}
