// The board: columns side by side, moved by dragging, by keys and by a menu. The rules are the server's: what it
// refuses goes back and says why.
import { monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, lazy, Suspense, useCallback, useEffect, useState } from 'react';

import { keys } from '../../api/keys';
import type { DealCard, PersonRow, TerritoryNode } from '../../api/rows';
import type { SessionUser } from '../../api/session';
import { t } from '../../lib/en-board';
import { toast } from '../../ui/toasts';
import { BoardColumn } from './board-column';
import { focusCard } from './board-focus';
import { knownCard, showCard } from './board-live';
import { type BoardFilters, type Column, columnOf, columns, stepFrom } from './board-model';
import { type CardPages, totalsQuery } from './board-queries';
import { ClosedColumn } from './closed-column';
import { type DealPatch, mayChange, movesFor, openStages, type Place } from './model';
import { useChangeDeal } from './mutations';

const loadMenu = () => import('./board-menu').then((part) => ({ default: part.BoardMenu }));
const BoardMenu = lazy(loadMenu);

interface BoardProps {
  user: SessionUser;
  filters: BoardFilters;
  people: Map<string, PersonRow>;
  nodes: Map<number, TerritoryNode>;
}

interface Asked {
  card: DealCard;
  anchor: HTMLElement;
  targets: Place[];
}

export function Board({ user, filters, people, nodes }: BoardProps) {
  const client = useQueryClient();
  const totals = useQuery(totalsQuery(filters)).data;
  const change = useChangeDeal(user.role, showCard);
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayMove = (card: DealCard) => mayChange(card, user.role, user.id);

  const send = (card: DealCard, patch: DealPatch) => {
    change.mutate({ deal: card, patch });
    if (patch.stage !== 'closed') focusCard(card.id);
  };
  const ask = (card: DealCard, anchor: HTMLElement, only?: Place[]) => {
    const targets = movesFor(card, user.role, user.id, new Date());
    if (targets.length === 0) {
      toast(t('board.not_yours'));
      return;
    }
    setAsked({ card, anchor, targets: only ?? targets });
  };

  const drop = useCallback((id: string, to: Column, anchor: HTMLElement) => {
    const card = knownCard(client, id);
    if (!card || columnOf(card) === to) return;
    if (to === 'closed') setAsked({ card, anchor, targets: ['won', 'lost'] });
    else change.mutate({ deal: card, patch: { stage: to } });
  }, [client, change]);
  useEffect(() => monitorForElements({
    onDrop: ({ source, location }) => {
      const target = location.current.dropTargets[0];
      const to = columns.find((column) => column === target?.data['column']);
      if (target && to) drop(String(source.data['deal']), to, target.element as HTMLElement);
    },
  }), [drop]);

  const cardsOf = (column: Column): DealCard[] =>
    client.getQueryData<CardPages>(keys.boardColumn(filters, column))?.pages.flatMap((page) => page.cards) ?? [];

  const walk = (card: DealCard, key: string): void => {
    const column = columnOf(card);
    const at = cardsOf(column).findIndex(({ id }) => id === card.id);
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const next = cardsOf(column)[at + (key === 'ArrowDown' ? 1 : -1)];
      if (next) focusCard(next.id);
      return;
    }
    const step = key === 'ArrowRight' ? 1 : -1;
    for (let i = columns.indexOf(column) + step; i >= 0 && i < openStages.length; i += step) {
      const cards = cardsOf(openStages[i] ?? 'new');
      const next = cards[Math.min(at, cards.length - 1)];
      if (!next) continue;
      focusCard(next.id);
      return;
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-card]');
    const card = element && knownCard(client, element.dataset['card'] ?? '');
    if (!card || card.stage === 'closed' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === 'm') ask(card, element);
    else if (!event.key.startsWith('Arrow')) return;
    else if (!event.shiftKey) walk(card, event.key);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      const to = stepFrom(card, event.key === 'ArrowRight' ? 1 : -1);
      if (!mayMove(card)) toast(t('board.not_yours'));
      else if (to) send(card, { stage: to });
      else if (event.key === 'ArrowRight') ask(card, element, ['won', 'lost']);
    } else return;
    event.preventDefault();
  };

  const firstColumn = openStages.find((stage) => cardsOf(stage).length > 0) ?? 'new';
  return (
    <div
      role="group" aria-label={t('board.title')} aria-description={t('board.keys')} onKeyDown={onKey}
      className="grid min-h-0 flex-1 auto-cols-[minmax(204px,1fr)] grid-flow-col overflow-x-auto overflow-y-hidden text-13 max-md:auto-cols-[minmax(min(300px,84vw),1fr)] max-md:snap-x max-md:snap-mandatory max-md:[&>section]:snap-start"
    >
      {openStages.map((column) => (
        <BoardColumn
          key={column} column={column} filters={filters} totals={totals} people={people} nodes={nodes} mayMove={mayMove}
          first={column === firstColumn} onMenu={ask}
        />
      ))}
      <ClosedColumn filters={filters} totals={totals} />
      {asked && (
        <Suspense>
          <BoardMenu
            {...asked} onClose={() => setAsked(null)}
            onChange={(patch) => {
              setAsked(null);
              send(asked.card, patch);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
