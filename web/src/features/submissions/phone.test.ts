import { describe, expect, it } from 'vitest';

import { readPhone, suggestPhones } from './phone';

describe('readPhone', () => {
  it.each([
    ['876-555-1234', 'JM', '+18765551234', 'JM'],
    ['658 555 1234', 'JM', '+16585551234', 'JM'],
    ['345 949 1234', 'KY', '+13459491234', 'KY'],
    ['1 868 622 1234', 'JM', '+18686221234', 'TT'],
    ['9 518 1234', 'CW', '+59995181234', 'CW'],
    ['518 1234', 'CW', '+59995181234', 'CW'],
    ['+599 318 1234', 'CW', '+5993181234', 'BQ'],
  ])('%s typed under %s is %s of %s', (typed, country, e164, region) => {
    expect(readPhone(typed, country)).toMatchObject({ ok: true, e164, region });
  });

  it('asks for the area code when seven digits lack it', () => {
    expect(readPhone('922-1234', 'JM')).toEqual({ ok: false, rule: 'phone_needs_area_code' });
  });
});

describe('suggestPhones', () => {
  it('offers the number under each area code of the country', () => {
    expect(suggestPhones('922-1234', ['1876', '1658'])).toEqual(['+1 876 922 1234', '+1 658 922 1234']);
  });

  it('offers nothing for other lengths', () => {
    expect(suggestPhones('922-12', ['1876', '1658'])).toEqual([]);
  });
});
