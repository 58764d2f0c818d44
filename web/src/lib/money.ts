// Money as people write it here: never a bare dollar sign, no decimals in lists.
import { locale } from './language';

const symbols: Readonly<Record<string, string>> = {
  JMD: 'J$', KYD: 'CI$', XCG: 'Cg', USD: 'US$', TTD: 'TT$', BBD: 'BDS$', XCD: 'EC$', EUR: '€',
};

export const symbolOf = (currency: string): string => symbols[currency] ?? `${currency} `;

/** With exactly so many decimals, as the language writes figures. */
const decimal = (amount: number, digits: number): string =>
  amount.toLocaleString(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const listMoney = (amount: number): string => decimal(amount, 0);
export const recordMoney = (amount: number): string => decimal(amount, 2);

interface ShortFigure {
  figure: string;
  unit: string;
}

/** 1 240 000 -> 1.24 M, 214 600 -> 214.6 k, 938 -> 938. */
export function shortFigure(amount: number): ShortFigure {
  const size = Math.abs(amount);
  if (size >= 999_500) return { figure: decimal(amount / 1e6, 2), unit: 'M' };
  if (size >= 1_000) return { figure: decimal(amount / 1e3, 1), unit: 'k' };
  return { figure: decimal(amount, 0), unit: '' };
}
