// Where a deal may go: a list with a number a place; one that must say something asks it in the same panel.
import { type KeyboardEvent, useState } from 'react';

import type { DealDetail } from '../../api/rows';
import { t } from '../../lib/en-deals';
import { Kbd } from '../../ui/kbd';
import { StatusDial } from '../../ui/status-dial';
import { LostForm, ReopenForm, WonForm } from './deal-forms';
import { asks, type DealPatch, openStages, type Place, placeOf } from './model';

interface MovePanelProps {
  deal: DealDetail;
  targets: Place[];
  onChange: (patch: DealPatch) => void;
}

const places: readonly Place[] = [...openStages, 'won', 'lost'];

export function MovePanel({ deal, targets, onChange }: MovePanelProps) {
  const [target, setTarget] = useState<Place | null>(null);
  const asked = target === null ? null : asks(deal, target);
  const form = { deal, onChange, onCancel: () => setTarget(null) };
  if (asked === 'won') return <WonForm {...form} />;
  if (asked === 'lost') return <LostForm {...form} />;
  if (asked === 'reopen') return <ReopenForm {...form} />;
  const now = placeOf(deal);
  const shown = places.filter((one) => targets.includes(one) || (one === now && deal.stage !== 'closed'));
  const words = (to: Place): string => {
    const ask = asks(deal, to);
    if (ask === 'reopen') return t('deal.reopen', { stage: t(`stage.${to}`) });
    return `${t(`stage.${to}`)}${ask === null ? '' : '…'}`;
  };
  const choose = (to: Place | undefined) => {
    if (to === undefined || !targets.includes(to)) return;
    if (to === 'won' || to === 'lost' || asks(deal, to) !== null) setTarget(to);
    else onChange({ stage: to });
  };
  const onKey = (event: KeyboardEvent) => {
    if (/^[1-7]$/.test(event.key)) choose(places[Number(event.key) - 1]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <div onKeyDown={onKey}>
      <p className="px-2 pt-1 pb-1.5 text-12 text-ink-3">{t('deal.move_title', { name: deal.title })}</p>
      <ul>
        {shown.map((to) => (
          <li key={to} className={to === 'won' ? 'mt-1 border-t border-line pt-1' : ''}>
            <button
              type="button" disabled={to === now} onClick={() => choose(to)}
              className="flex h-[30px] w-full items-center gap-2 rounded-m px-2 text-left hover:bg-sea-tint focus-visible:bg-sea-tint disabled:bg-transparent disabled:text-ink-3 max-md:h-11"
            >
              <StatusDial status={to} />
              {words(to)}
              {to === now && <span className="text-12">{t('deal.now')}</span>}
              <span aria-hidden="true" className="ml-auto max-md:hidden"><Kbd>{places.indexOf(to) + 1}</Kbd></span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
