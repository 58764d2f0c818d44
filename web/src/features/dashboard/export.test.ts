import { expect, it } from 'vitest';

import { toCsv } from './export';

it('guards what would begin a formula, quotes, and leaves figures alone', () => {
  expect(toCsv({ title: 't', heads: ['Place', 'Leads'], rows: [['=1+1', 3], ['Port "A", west', null], ['-x', -2], ['@y', 0.5]] }))
    .toBe('Place,Leads\r\n\'=1+1,3\r\n"Port ""A"", west",\r\n\'-x,-2\r\n\'@y,0.5\r\n');
});
