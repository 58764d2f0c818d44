import { expect, it } from 'vitest';

import { optionsOf, readFact } from './fact-model';

it('reads what was typed as the column has it', () => {
  expect(readFact('monthly_transactions', ' 200 ')).toBe(200);
  expect(readFact('average_ticket', '18500.5')).toBe(18_500.5);
  expect(readFact('monthly_transactions', 'many')).toBe('many');
  expect(readFact('current_processor', '  Bank terminal ')).toBe('Bank terminal');
  expect(readFact('current_processor', '   ')).toBeNull();
  expect(readFact('interest_level', '7')).toBe(7);
});

it('offers what there is to choose, and nothing where something must be known', () => {
  expect(optionsOf('monthly_revenue_band')?.map(({ label }) => label)).toEqual(['Unknown', 'US$0–10k', 'US$10k–50k', 'US$50k–100k', 'US$100k–250k', 'US$250k+']);
  expect(optionsOf('business_type')?.some(({ value }) => value === '')).toBe(false);
  expect(optionsOf('interest_level')).toHaveLength(10);
  expect(optionsOf('email')).toBeNull();
});
