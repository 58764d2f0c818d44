// The tree as a list of visible lines.
import type { TerritoryNode } from '../../api/rows';

interface TreeLine {
  node: TerritoryNode;
  depth: number;
  hasChildren: boolean;
  expanded: boolean;
}

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Nodes whose parent the caller may not see stand at the top. */
export function roots(nodes: readonly TerritoryNode[]): TerritoryNode[] {
  const known = new Set(nodes.map((node) => node.id));
  return nodes.filter((node) => node.parent_id === null || !known.has(node.parent_id));
}

/** All below an expanded node; with a search, every match with the nodes above it. */
export function visibleLines(
  nodes: readonly TerritoryNode[], expanded: ReadonlySet<number>, search: string,
): TreeLine[] {
  const wanted = fold(search.trim());
  const children = new Map<number | null, TerritoryNode[]>();
  for (const node of nodes) children.set(node.parent_id, [...(children.get(node.parent_id) ?? []), node]);
  const matches = (node: TerritoryNode): boolean =>
    fold(node.name).includes(wanted) || fold(node.code) === wanted || (children.get(node.id) ?? []).some(matches);
  const walk = (node: TerritoryNode, depth: number): TreeLine[] => {
    const below = (children.get(node.id) ?? []).filter((child) => wanted === '' || matches(child));
    const open = wanted !== '' || expanded.has(node.id);
    return [
      { node, depth, hasChildren: below.length > 0, expanded: open && below.length > 0 },
      ...(open ? below.flatMap((child) => walk(child, depth + 1)) : []),
    ];
  };
  return roots(nodes).filter((node) => wanted === '' || matches(node)).flatMap((node) => walk(node, 0));
}

/** `Jamaica, Surrey` for Portland: the nodes above it that say where it is. */
export function pathAbove(nodes: readonly TerritoryNode[], id: number): string {
  const names: string[] = [];
  let node = nodes.find((one) => one.id === id);
  while (node) {
    const parent: number | null = node.parent_id;
    node = nodes.find((one) => one.id === parent);
    if (node && node.kind !== 'root') names.unshift(node.name);
  }
  return names.join(', ');
}

export const totalOpen = (nodes: readonly TerritoryNode[]): number =>
  roots(nodes).reduce((sum, node) => sum + node.open_leads, 0);

/** What "no territory chosen" is called: the one node somebody holds, or all of them. */
export function scopeName(nodes: readonly TerritoryNode[], chosen: number | undefined, all: string): string {
  const tops = roots(nodes);
  const only = tops.length === 1 && tops[0]?.kind !== 'root' ? tops[0]?.name : undefined;
  return nodes.find((node) => node.id === chosen)?.name ?? only ?? all;
}
