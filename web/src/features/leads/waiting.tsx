// Rows that arrived while somebody points at the list: shown when he asks.
import { count, t } from '../../lib/en-lead-list';

interface WaitingProps {
  count: number;
  onShow: () => void;
}

const dot = <span aria-hidden="true" className="size-1.5 rounded-full bg-flare" />;

export function Waiting({ count: n, onShow }: WaitingProps) {
  return (
    <button
      type="button" onClick={onShow} aria-live="polite"
      className="animate-rise float-right inline-flex h-5 items-center gap-1.5 rounded-[10px] bg-flare-tint px-2 leading-5 font-medium text-ink"
    >
      {dot}{count('leads.waiting', n)} <b className="font-semibold text-flare">{t('leads.show')}</b>
    </button>
  );
}

export function WaitingPill({ count: n, onShow }: WaitingProps) {
  return (
    <button
      type="button" onClick={onShow} aria-live="polite"
      className="animate-rise absolute bottom-4 left-1/2 z-3 inline-flex h-9 -translate-x-1/2 items-center gap-2 rounded-full bg-raised px-4 text-14 font-medium whitespace-nowrap shadow-e2"
    >
      {dot}{count('leads.waiting_phone', n)} <b className="font-semibold text-flare">{t('leads.show')}</b>
    </button>
  );
}
