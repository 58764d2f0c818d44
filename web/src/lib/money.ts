// Money as people write it here: never a bare dollar sign, no decimals in lists.
const symbols: Readonly<Record<string, string>> = {
  JMD: 'J$', KYD: 'CI$', XCG: 'Cg', USD: 'US$', TTD: 'TT$', BBD: 'BDS$', XCD: 'EC$', EUR: '€',
};

export const symbolOf = (currency: string): string => symbols[currency] ?? `${currency} `;

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export const listMoney = (amount: number): string => whole.format(amount);
export const recordMoney = (amount: number): string => cents.format(amount);

interface ShortFigure {
  figure: string;
  unit: string;
}

/** 1 240 000 -> 1.24 M, 214 600 -> 214.6 k, 938 -> 938. */
export function shortFigure(amount: number): ShortFigure {
  const size = Math.abs(amount);
  if (size >= 999_500) return { figure: (amount / 1e6).toFixed(2), unit: 'M' };
  if (size >= 1_000) return { figure: (amount / 1e3).toFixed(1), unit: 'k' };
  return { figure: whole.format(amount), unit: '' };
}
