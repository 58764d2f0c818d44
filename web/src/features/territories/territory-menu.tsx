// The territory every screen looks at: the button in the header and its tree.
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Globe } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';

import { territoriesQuery } from '../../api/directory';
import { t } from '../../lib/en';
import { LazyPopover } from '../../ui/lazy-popover';
import { pathAbove, scopeName } from './model';

const TerritoryTree = lazy(() => import('./territory-tree').then((part) => ({ default: part.TerritoryTree })));

interface TerritoryMenuProps {
  chosen: number | undefined;
  onChoose: (id: number | undefined) => void;
  /** Who is online at a node. */
  faces: (node: number) => ReactNode;
}

export function TerritoryMenu({ chosen, onChoose, faces }: TerritoryMenuProps) {
  const nodes = useQuery(territoriesQuery).data ?? [];
  const node = nodes.find(({ id }) => id === chosen);
  const name = scopeName(nodes, chosen, t('territory.all'));
  return (
    <LazyPopover
      label={t('territory.find')} className="w-[344px]"
      trigger={
        <button
          type="button" aria-label={t('territory.choose', { name })}
          className="-ml-2 flex h-[30px] min-w-0 items-center gap-2 rounded-m border border-transparent px-2 hover:bg-hover data-[state=open]:border-sea-line data-[state=open]:bg-sea-tint max-md:h-11"
        >
          <Globe aria-hidden="true" className="size-4 flex-none stroke-[1.5] text-ink-3" />
          <span className="truncate font-medium">{name}</span>
          {node && <span className="truncate text-ink-2 max-md:hidden">{pathAbove(nodes, node.id)}</span>}
          <ChevronDown aria-hidden="true" className="size-3.5 flex-none stroke-[1.5] text-ink-3" />
        </button>
      }
    >
      {(close) => (
        <Suspense fallback={<div className="h-40" />}>
          <TerritoryTree
            nodes={nodes} chosen={chosen} faces={faces}
            onChoose={(id) => {
              onChoose(id);
              close();
            }}
          />
        </Suspense>
      )}
    </LazyPopover>
  );
}
