import { describe, expect, it } from 'vitest';

import { fits, pieces } from './model';

const marked = (text: string, typed: string) =>
  pieces(text, typed).map(({ text: part, hit }) => (hit ? `[${part}]` : part)).join('');

describe('what is underlined', () => {
  it('is what was typed, at the beginning of a word', () => {
    expect(marked('Santa Rosa Supermarket', 'sant')).toBe('[Sant]a Rosa Supermarket');
    expect(marked('Santa Rosa Supermarket', 'su sa')).toBe('[Sa]nta Rosa [Su]permarket');
    expect(marked('Usant', 'sant')).toBe('Usant');
  });
  it('is found without accents and case', () => {
    expect(marked('Café Curaçao', 'CAFE curac')).toBe('[Café] [Curaç]ao');
  });
  it('is the longest of several words that fit', () => expect(marked('Sandals', 's san')).toBe('[San]dals'));
  it('keeps every letter of the text', () => {
    for (const text of ['', '  ', 'A–B (C)', 'Ñandú & Søn', '日本 Bar']) {
      expect(pieces(text, 'a b c n s').map((piece) => piece.text).join('')).toBe(text);
    }
  });
});

describe('a command fits', () => {
  it('when each typed word begins one of its words', () => {
    expect(fits('Go to Leads', 'lea')).toBe(true);
    expect(fits('Go to Leads', 'le go')).toBe(true);
    expect(fits('Go to Leads', 'eads')).toBe(false);
    expect(fits('Go to Leads', '')).toBe(true);
  });
});
