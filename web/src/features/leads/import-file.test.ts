import { expect, it } from 'vitest';

import { problemFile } from './import-file';

it('writes what was wrong so that it reads back and nothing in it is calculated', () => {
  const text = problemFile(['Business', 'Notes'], 'Reason', [
    { cells: ['=HYPERLINK("x")', 'a\nb'], reason: 'E-mail: missing' }, { cells: ['Grill'], reason: null },
  ]);
  expect(text).toBe('\uFEFFBusiness,Notes,Reason\r\n"\'=HYPERLINK(""x"")","a\nb",E-mail: missing\r\nGrill,,\r\n');
});
