// The tree with its open leads: type to find, arrows walk, right opens, Enter chooses.
import { Check, ChevronDown, ChevronRight, Search } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

import type { TerritoryNode } from '../../api/rows';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-frame';
import { symbolOf } from '../../lib/money';
import { locale } from '../../lib/language';
import { roots, totalOpen, visibleLines } from './model';

interface TerritoryTreeProps {
  nodes: TerritoryNode[];
  chosen: number | undefined;
  onChoose: (id: number | undefined) => void;
  faces: (node: number) => ReactNode;
}

const arrow = 'size-3.5 flex-none stroke-[1.5] text-ink-3';

export function TerritoryTree({ nodes, chosen, onChoose, faces }: TerritoryTreeProps) {
  const tops = roots(nodes);
  const single = tops.length === 1 ? tops[0] : undefined;
  const [search, setSearch] = useState('');
  const [expanded, setExpanded] = useState(() => new Set(tops.map((node) => node.id)));
  const lines = visibleLines(nodes, expanded, search);
  // A team with several tops gets a line for all of them; otherwise the one top is everything.
  const all = single ? [] : [null];
  const items = [...all, ...lines];
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const at = Math.min(active, items.length - 1);

  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const toggle = (id: number, open: boolean) => {
    const next = new Set(expanded);
    if (open) next.add(id);
    else next.delete(id);
    setExpanded(next);
  };
  const choose = (index: number) => {
    const line = items[index];
    if (line === undefined) return;
    onChoose(line === null || line.node.id === single?.id ? undefined : line.node.id);
  };
  const onKey = (event: KeyboardEvent) => {
    const line = items[at];
    const open = line && line.hasChildren && search === '';
    if (event.key === 'ArrowDown') setActive(Math.min(at + 1, items.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0));
    else if (event.key === 'ArrowRight' && open && !line.expanded) toggle(line.node.id, true);
    else if (event.key === 'ArrowLeft' && open && line.expanded) toggle(line.node.id, false);
    else if (event.key === 'Enter') choose(at);
    else return;
    event.preventDefault();
  };

  const isChosen = (id: number | undefined) => id === chosen || (chosen === undefined && id === single?.id);
  const row = (index: number) =>
    cn(
      'flex h-[30px] items-center gap-[7px] px-3 max-md:h-11',
      index === at && 'bg-hover', isChosen(items[index]?.node.id) && 'bg-sea-tint',
    );
  return (
    <div onKeyDown={onKey} className="pt-1.5">
      <label className="mx-3 mt-1.5 mb-1.5 flex h-[30px] items-center gap-2 rounded-m border border-line bg-sunken px-2 focus-within:border-focus max-md:h-11">
        <Search aria-hidden="true" className={arrow} />
        <input
          autoFocus value={search} placeholder={t('territory.find')} aria-label={t('territory.find')}
          role="combobox" aria-expanded="true" aria-controls="territory-tree" aria-activedescendant={`territory-${at}`}
          className="w-full bg-transparent outline-none placeholder:text-ink-3"
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(0);
          }}
        />
      </label>
      <div ref={list} id="territory-tree" role="tree" aria-label={t('territory.find')} className="max-h-[min(420px,60dvh)] overflow-auto">
        {items.map((line, i) => line === null ? (
          <div
            key="all" id={`territory-${i}`} role="treeitem" aria-level={1} aria-selected={chosen === undefined}
            data-active={i === at || undefined} className={row(i)} onClick={() => choose(i)}
          >
            <span className="w-3.5" />
            <span className="font-semibold">{t('territory.mine')}</span>
            {chosen === undefined && <Check aria-hidden="true" className={arrow} />}
            <span className="tabular ml-auto text-12 text-ink-3">{totalOpen(nodes).toLocaleString(locale())}</span>
          </div>
        ) : (
          <div
            key={line.node.id} id={`territory-${i}`} role="treeitem" aria-level={line.depth + 1}
            aria-selected={isChosen(line.node.id)} aria-expanded={line.hasChildren ? line.expanded : undefined}
            data-active={i === at || undefined} className={row(i)} style={{ paddingLeft: 12 + line.depth * 19 }}
            onClick={() => choose(i)} onPointerMove={() => setActive(i)}
          >
            <span
              className="grid size-3.5 flex-none place-items-center"
              onClick={(event) => {
                if (!line.hasChildren) return;
                event.stopPropagation();
                toggle(line.node.id, !line.expanded);
              }}
            >
              {line.hasChildren && (line.expanded ? <ChevronDown className={arrow} /> : <ChevronRight className={arrow} />)}
            </span>
            <span className={cn('truncate', line.depth < 2 && line.hasChildren && 'font-medium')}>
              {line.node.kind === 'root' ? t('territory.all') : line.node.name}
            </span>
            {line.node.kind === 'country' && <span className="text-12 text-ink-3">{symbolOf(line.node.currency)}</span>}
            {faces(line.node.id)}
            {isChosen(line.node.id) && <Check aria-hidden="true" className={arrow} />}
            <span className="tabular ml-auto text-12 text-ink-3">{line.node.open_leads.toLocaleString(locale())}</span>
          </div>
        ))}
        {items.length === 0 && <p className="px-3 py-2 text-ink-2">{t('territory.none')}</p>}
      </div>
      <p className="mt-1.5 border-t border-line px-3 py-[9px] text-12 text-ink-3">{t('territory.foot')}</p>
    </div>
  );
}
