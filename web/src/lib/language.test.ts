import { afterEach, expect, it } from 'vitest';

import { t } from './en';
import { chosenLanguage, speak } from './language';
import { recordMoney } from './money';
import { dayMonth } from './time';

afterEach(async () => {
  localStorage.clear();
  await speak('/', 'en');
});

// First: once the workspace was asked for, its words stay.
it('gives the public form its own words and the workspace the rest', async () => {
  const { t: frame } = await import('./en-frame');
  await speak('/f/CW', 'nl');
  expect(frame('keys.close')).toBe('Close');
  await speak('/', 'nl');
  expect(frame('keys.close')).toBe('Sluiten');
});

it('says words, figures and dates in the language spoken', async () => {
  await speak('/leads', 'nl');
  expect(document.documentElement.lang).toBe('nl');
  expect(t('nav.organizations')).toBe('Organisaties');
  expect(recordMoney(1204.5)).toBe('1.204,50');
  expect(dayMonth(new Date('2026-05-03T12:00:00Z'))).toBe('3 mei');
  await speak('/leads', 'en');
  expect(t('nav.organizations')).toBe('Organisations');
});

it('takes what was chosen, and only what it speaks', () => {
  localStorage.setItem('flash.language', 'nl');
  expect(chosenLanguage()).toBe('nl');
  localStorage.setItem('flash.language', 'xx');
  expect(chosenLanguage()).toBe('en');
});
