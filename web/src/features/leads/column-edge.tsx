// The edge of a column head: drawn with the pointer, or by the arrows; a double press gives the width back.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

import { clampWidth, widthLimits } from './columns-model';

const step = 16;

export function ColumnEdge({ label, width, onWidth }: { label: string; width: number; onWidth: (width: number) => void }) {
  const edge = useRef<HTMLSpanElement>(null);
  const begin = useRef<{ x: number; width: number } | null>(null);
  const now = () => edge.current?.closest('th')?.offsetWidth ?? 0;
  const onMove = (event: PointerEvent) => {
    if (begin.current) onWidth(clampWidth(begin.current.width + event.clientX - begin.current.x));
  };
  const onKey = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -step, ArrowRight: step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(clampWidth(now() + by));
  };
  return (
    <span
      ref={edge} role="separator" aria-orientation="vertical" aria-label={label} tabIndex={0} onKeyDown={onKey}
      aria-valuenow={width} aria-valuemin={widthLimits[0]} aria-valuemax={widthLimits[1]}
      className="absolute inset-y-0 -right-1 z-1 w-2 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:left-[3px] after:w-px after:bg-line-strong after:opacity-0 group-hover/head:after:opacity-100 focus-visible:after:opacity-100"
      onPointerDown={(event) => {
        begin.current = { x: event.clientX, width: now() };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onMove}
      onPointerUp={() => (begin.current = null)}
      onPointerCancel={() => (begin.current = null)}
    />
  );
}
