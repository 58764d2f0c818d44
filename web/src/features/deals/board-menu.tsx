// The menu of places beside a card; the focus goes back to the card.
import { Popover } from 'radix-ui';
import { useRef } from 'react';

import type { DealCard } from '../../api/rows';
import { t } from '../../lib/en-board';
import { focusCard } from './board-focus';
import { type DealPatch, type Place } from './model';
import { MovePanel } from './move-panel';

interface BoardMenuProps {
  card: DealCard;
  anchor: HTMLElement;
  targets: Place[];
  onChange: (patch: DealPatch) => void;
  onClose: () => void;
}

export function BoardMenu({ card, anchor, targets, onChange, onClose }: BoardMenuProps) {
  const at = useRef(anchor);
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={at} />
      <Popover.Portal>
        <Popover.Content
          aria-label={t('deal.move_title', { name: card.title })} align="start" sideOffset={4} collisionPadding={8}
          className="animate-rise z-30 w-[272px] max-w-[calc(100vw-16px)] rounded-l bg-raised p-1.5 shadow-e2 outline-none"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusCard(card.id);
          }}
        >
          <MovePanel deal={card} targets={targets} onChange={onChange} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
