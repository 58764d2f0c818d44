// On a phone a row is a card of three lines: score left, money right.
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import type { LeadRow } from '../../api/rows';
import { bandOf, countryOf } from '../../lib/domain';
import { t } from '../../lib/en-lead-list';
import { bandInk, ScoreBar } from '../../ui/score-bar';
import { useRows } from '../../ui/use-rows';
import { FirstContact, type Names, OwnerFace, placeName, StatusWord, Value } from './lead-parts';
import { freshIds, useListHold } from './live';
import { barParts } from './model';
import { WaitingPill } from './waiting';

interface LeadCardsProps {
  rows: LeadRow[];
  names: Names;
  waiting: number;
  onShow: () => void;
  onMore: () => void;
}

/** Of `h-20`. */
const cardHeight = 80;

function LeadCard({ row, names }: { row: LeadRow; names: Names }) {
  const score = row.lead_score;
  const band = bandOf(score ?? 0);
  return (
    <Link
      to="/leads/$id" params={{ id: row.id }} data-lead={row.id}
      className={`grid h-20 grid-cols-[36px_1fr_auto] content-start gap-x-2.5 border-b border-line px-4 py-[11px] leading-5 ${freshIds.has(row.id) ? 'changed' : ''}`}
    >
      <span>
        <span className={`tabular text-[17px] font-semibold ${score === null ? 'text-ink-3' : bandInk[band]}`}>{score ?? '–'}</span>
        {score !== null && <ScoreBar band={band} parts={barParts(row)} width={34} />}
      </span>
      <span className="min-w-0">
        <span className="block truncate font-medium">{row.business_name}</span>
        <span className="block truncate text-13 text-ink-3">{placeName(row, names)}, {countryOf(row.country).name}</span>
        <span className="block truncate text-13">{t('leads.first_contact')} <FirstContact row={row} /></span>
      </span>
      <span className="text-right">
        <span className="block"><Value row={row} /></span>
        <span className="block text-13 text-ink-2"><StatusWord row={row} /></span>
        <OwnerFace row={row} names={names} />
      </span>
    </Link>
  );
}

export function LeadCards({ rows, names, waiting, onShow, onMore }: LeadCardsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { from, to } = useRows(scroller, rows.length, cardHeight);
  useEffect(() => {
    if (to >= rows.length - 20) onMore();
  }, [to, rows.length, onMore]);
  useEffect(() => () => useListHold.setState({ held: false }), []);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller} className="h-full overflow-auto"
        onScroll={(event) => useListHold.setState({ held: event.currentTarget.scrollTop > 0 })}
      >
        <ul style={{ height: rows.length * cardHeight, paddingTop: from * cardHeight }}>
          {rows.slice(from, to).map((row) => <li key={row.id}><LeadCard row={row} names={names} /></li>)}
        </ul>
      </div>
      {waiting > 0 && <WaitingPill count={waiting} onShow={onShow} />}
    </div>
  );
}
