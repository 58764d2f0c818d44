import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { readPhone } from './phone';
import { type CountryRules, type Fault, faultsOf } from './schema';

interface Case {
  name: string;
  input: unknown;
  valid: boolean;
  faults: Fault[];
}

const folder = path.resolve(import.meta.dirname, '../../../../tests/fixtures/submissions');
const countries: CountryRules[] = [
  { code: 'JM', form_fields: [{ name: 'business_registration_number', max_length: 20 }] },
  { code: 'KY', postal_pattern: '^KY[1-3](-[0-9]{4})?$', form_fields: [] },
  { code: 'CW', form_fields: [] },
];
const sorted = (faults: Fault[]) => faults.map((fault) => `${fault.field}: ${fault.rule}`).sort();

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const cases = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Case[];
  describe(`the shared rules in ${file}`, () => {
    it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { input, valid, faults }) => {
      const found = faultsOf(input, countries, readPhone);
      expect(sorted(found)).toEqual(sorted(faults));
      expect(found.length === 0).toBe(valid);
    });
  });
}
