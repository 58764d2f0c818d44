// The score with its bar; hover or focus opens why.
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

import type { LeadRow } from '../../api/rows';
import { bandOf } from '../../lib/domain';
import { t } from '../../lib/en-lead-list';
import { bandInk, ScoreBar } from '../../ui/score-bar';
import { barParts } from './model';

const loadExplain = () => import('./score-explain').then((part) => ({ default: part.ScoreExplain }));
const ScoreExplain = lazy(loadExplain);

const height = 250;
const openAfter = 120;

/** Below the cell, or above it where the window ends. */
function placeFor(box: DOMRect): { left: number; top: number } {
  const below = box.bottom + 4;
  const top = below + height > innerHeight ? Math.max(8, box.top - height - 4) : below;
  return { left: Math.min(box.left, innerWidth - 352), top };
}

export function ScoreCell({ row }: { row: LeadRow }) {
  const id = useId();
  const cell = useRef<HTMLButtonElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!place) return;
    const close = () => setPlace(null);
    addEventListener('scroll', close, true);
    return () => removeEventListener('scroll', close, true);
  }, [place]);

  const score = row.lead_score;
  if (score === null) return <span className="text-ink-3" title={t('leads.unscored')}>–</span>;
  const band = bandOf(score);
  const open = () => {
    const box = cell.current?.getBoundingClientRect();
    if (box) setPlace(placeFor(box));
  };
  const close = () => {
    clearTimeout(timer.current);
    setPlace(null);
  };
  return (
    <>
      <button
        ref={cell} type="button" tabIndex={-1} aria-label={t('score.explain', { score, band: t(`band.${band}`) })}
        aria-describedby={place ? id : undefined} className="flex h-6 items-center gap-2.5 rounded-s outline-offset-0"
        onPointerEnter={() => {
          void loadExplain();
          timer.current = setTimeout(open, openAfter);
        }}
        onPointerLeave={close}
        onFocus={open} onBlur={close}
        onClick={(event) => {
          event.stopPropagation();
          if (place) close();
          else open();
        }}
      >
        <span className={`tabular w-5 text-left font-semibold ${bandInk[band]}`}>{score}</span>
        <ScoreBar band={band} parts={barParts(row)} />
      </button>
      <Suspense>
        {place && createPortal(
          <div id={id} role="tooltip" style={place} className="animate-rise fixed z-30 w-[344px] rounded-l bg-raised px-3.5 pt-[11px] pb-3 shadow-e2">
            <ScoreExplain row={row} />
          </div>,
          document.body,
        )}
      </Suspense>
    </>
  );
}
