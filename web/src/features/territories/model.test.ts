import { describe, expect, it } from 'vitest';

import { withBelow } from '../../api/directory';
import { makeLeads, makeTree } from '../../test/fixture-data';
import { pathAbove, scopeName, totalOpen, visibleLines } from './model';

const leads = makeLeads(80, Date.now());
const tree = makeTree(leads);
const id = (code: string) => tree.find((node) => node.code === code)!.id;
const names = (lines: ReturnType<typeof visibleLines>) => lines.map(({ node }) => node.name);

describe('the tree', () => {
  it('shows what is expanded', () => {
    expect(names(visibleLines(tree, new Set(), ''))).toEqual(['Caribbean']);
    expect(names(visibleLines(tree, new Set([1]), ''))).toEqual(['Caribbean', 'Jamaica', 'Cayman Islands', 'Curaçao']);
  });

  it('finds without accents, with the nodes above', () => {
    expect(names(visibleLines(tree, new Set(), 'curacao'))).toContain('Curaçao');
    expect(names(visibleLines(tree, new Set(), 'portl'))).toEqual(['Caribbean', 'Jamaica', 'Surrey', 'Portland']);
  });

  it('begins with what the caller holds when he may not see the nodes above', () => {
    const held = tree.filter(({ code }) => code === 'JM-01' || code === 'CW' || code === 'CW-WIL');
    expect(names(visibleLines(held, new Set(held.map((node) => node.id)), ''))).toEqual(['Curaçao', 'Willemstad', 'Kingston']);
    expect(totalOpen(held)).toBe(held.filter(({ code }) => code !== 'CW-WIL').reduce((sum, node) => sum + node.open_leads, 0));
  });

  it('is called by the chosen node, else by the only one held, else by all', () => {
    const jamaica = tree.filter(({ country }) => country === 'JM');
    expect(scopeName(tree, undefined, 'All')).toBe('All');
    expect(scopeName(jamaica, undefined, 'All')).toBe('Jamaica');
    expect(scopeName(tree, id('JM-04'), 'All')).toBe('Portland');
  });

  it('knows the way to a node and everything below it', () => {
    expect(pathAbove(tree, id('JM-04'))).toBe('Jamaica, Surrey');
    expect(withBelow(tree, id('JM-SURREY'))).toEqual(new Set([id('JM-SURREY'), id('JM-01'), id('JM-02'), id('JM-04')]));
  });
});
