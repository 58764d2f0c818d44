import { expect, it } from 'vitest';

import { listMoney, recordMoney, shortFigure, symbolOf } from './money';

it.each([['JMD', 'J$'], ['KYD', 'CI$'], ['XCG', 'Cg'], ['USD', 'US$'], ['GYD', 'GYD ']])('%s is written %s', (code, symbol) => {
  expect(symbolOf(code)).toBe(symbol);
});

it('has decimals on records only', () => {
  expect(listMoney(4_850_000)).toBe('4,850,000');
  expect(recordMoney(1_450_000)).toBe('1,450,000.00');
});

it.each([
  [938, '938', ''], [214_600, '214.6', 'k'], [1_240_000, '1.24', 'M'], [999_499, '999.5', 'k'], [999_500, '1.00', 'M'], [0, '0', ''],
])('%i in short', (amount, figure, unit) => expect(shortFigure(amount)).toEqual({ figure, unit }));
