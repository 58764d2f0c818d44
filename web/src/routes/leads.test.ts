import { describe, expect, it } from 'vitest';

import { parseSearch, stringifySearch } from '../lib/search';
import { parseLeadSearch } from './leads';

const read = (text: string) => parseLeadSearch(parseSearch(text));

describe('filters in the address', () => {
  it('repeat a key for several values, and come back the same', () => {
    const text = '?status=new&status=contacted&band=hot&owner=me&days=30&q=Blue&sort=newest';
    const search = read(text);
    expect(search).toEqual({
      status: ['new', 'contacted'], band: ['hot'], owner: 'me', days: 30, q: 'Blue', sort: 'newest',
    });
    expect(stringifySearch(search)).toBe(text);
  });

  it('take one value for a list', () => expect(read('?status=new').status).toEqual(['new']));

  it('pass over what makes no sense', () => {
    expect(read('?status=bogus&days=-3&sort=up&owner=%3Cscript%3E')).toEqual({});
    expect(read('?days=2.5&days=3')).toEqual({});
  });
});
