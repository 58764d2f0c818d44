// A deal as a card: name and score, money and place, the next step and how long it has been here.
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { Link } from '@tanstack/react-router';
import { ArrowRightLeft } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';

import type { DealCard as Card } from '../../api/rows';
import { cn } from '../../lib/cn';
import { bandOf } from '../../lib/domain';
import { t } from '../../lib/en-board';
import { listMoney, symbolOf } from '../../lib/money';
import { Avatar, Nobody } from '../../ui/avatar';
import { bandInk } from '../../ui/score-bar';
import { useNow } from '../../ui/use-now';
import { useBoardFocus } from './board-focus';
import { movedIds } from './board-live';
import { inStageFor, nextStep, quietFor } from './board-model';
import { placeOf } from './model';

/** A card and the gap below it. */
export const cardHeight = 82;

const inks = { late: 'text-bad', soon: 'text-warn', plain: '', none: 'text-ink-3' };

interface BoardCardProps {
  card: Card;
  place: string;
  owner: string | null;
  movable: boolean;
  /** Whether Tab comes here; arrows go to the others. */
  tabbable: boolean;
  onMenu: (card: Card, anchor: HTMLElement) => void;
}

/** The lifted card: the same one, a little turned. */
function lift(container: HTMLElement, card: HTMLElement): void {
  const copy = card.cloneNode(true) as HTMLElement;
  Object.assign(copy.style, { width: `${card.offsetWidth}px`, transform: 'rotate(2deg)', boxShadow: 'var(--e3)', background: 'var(--raised)' });
  Object.assign(container.style, { padding: '10px 20px 30px' });
  container.append(copy);
}

function useDraggable(id: string, movable: boolean) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const card = element.current;
    if (!card || !movable) return;
    return draggable({
      element: card,
      getInitialData: () => ({ deal: id }),
      onGenerateDragPreview: ({ nativeSetDragImage, location }) => {
        const box = card.getBoundingClientRect();
        const { clientX, clientY } = location.initial.input;
        setCustomNativeDragPreview({
          nativeSetDragImage,
          getOffset: () => ({ x: clientX - box.left + 20, y: clientY - box.top + 10 }),
          render: ({ container }) => lift(container, card),
        });
      },
      onDragStart: () => card.classList.add('opacity-40'),
      onDrop: () => card.classList.remove('opacity-40'),
    });
  }, [id, movable]);
  return element;
}

function BoardCardLine({ card, place, owner, movable, tabbable, onMenu }: BoardCardProps) {
  const now = useNow();
  const element = useDraggable(card.id, movable);
  const score = card.lead_score;
  const step = nextStep(card, now);
  const quiet = quietFor(card, now);
  const stage = t(`stage.${placeOf(card)}`);
  return (
    <article
      ref={element} data-card={card.id} aria-label={t('board.card', { name: card.title, stage })}
      className={cn(
        'group relative h-[74px] rounded-m border border-line bg-raised px-2.5 pt-2 pb-1.5 hover:border-line-strong has-[a:focus-visible]:border-focus has-[a:focus-visible]:shadow-[0_0_0_1px_var(--focus)]',
        step.tone === 'late' && 'shadow-[inset_2px_0_0_var(--bad)] has-[a:focus-visible]:shadow-[inset_2px_0_0_var(--bad),0_0_0_1px_var(--focus)]',
        movedIds.has(card.id) && 'changed',
      )}
    >
      <p className="flex items-baseline gap-2">
        <Link
          to="/leads/$id" params={{ id: card.submission_id ?? '' }} disabled={card.submission_id === null} draggable={false}
          tabIndex={tabbable ? 0 : -1} onFocus={() => useBoardFocus.setState({ id: card.id, wanted: false })}
          className="min-w-0 flex-1 truncate font-medium outline-none after:absolute after:inset-0"
        >
          {card.title}
        </Link>
        {score !== null && <span className={`tabular flex-none font-semibold ${bandInk[bandOf(score)]}`}>{score}</span>}
      </p>
      <p className="mt-0.5 truncate">
        {card.value === null
          ? <span className="text-ink-3">{t('deal.no_value')}</span>
          : <><span className="text-ink-3">{symbolOf(card.currency)}</span>{listMoney(card.value)}</>}
        <span className="ml-1.5 text-12 text-ink-2">{place}</span>
      </p>
      <p className="mt-[3px] flex items-center gap-1.5 text-12">
        <span className={`min-w-0 flex-1 truncate ${inks[step.tone]}`}>{step.text}</span>
        {movable && (
          <button
            type="button" tabIndex={-1} aria-label={t('board.move', { name: card.title })} title={t('board.move', { name: card.title })}
            className="relative z-1 -my-1 hidden size-6 place-items-center rounded-s text-ink-3 group-hover:grid hover:bg-hover max-md:grid max-md:size-9"
            onClick={(event) => onMenu(card, event.currentTarget)}
          >
            <ArrowRightLeft aria-hidden="true" className="size-3.5 stroke-[1.5]" />
          </button>
        )}
        {quiet === null
          ? <span className="tabular flex-none text-ink-3" title={t('board.in_stage', { span: inStageFor(card, now) })}>{inStageFor(card, now)}</span>
          : <span className="tabular flex-none text-warn" title={t('board.quiet_title', { span: quiet })}>{t('board.quiet', { span: quiet })}</span>}
        {card.owner_id === null
          ? <Nobody label={t('app.nobody')} />
          : <Avatar id={card.owner_id} name={owner ?? t('app.somebody')} size="s" />}
      </p>
    </article>
  );
}

export const BoardCard = memo(BoardCardLine);
