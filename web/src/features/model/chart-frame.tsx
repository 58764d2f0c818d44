// A chart of two shares, 0 to 100 % on both axes, and the same figures as a table.
import { type ReactNode, useRef, useState } from 'react';

import { t } from '../../lib/en-model';
import { useSize } from '../../ui/use-size';

const left = 36;
const top = 10;
const below = 34;
const marks = [0, 0.25, 0.5, 0.75, 1];

export interface Scale {
  x: (share: number) => number;
  y: (share: number) => number;
}

interface SquareProps {
  label: string;
  axis: string;
  draw: (scale: Scale) => ReactNode;
}

export function Square({ label, axis, draw }: SquareProps) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box, { width: 400, height: 320 });
  const bottom = height - below;
  const x = (share: number) => left + share * (width - left - 12);
  const y = (share: number) => bottom - share * (bottom - top);
  return (
    <div ref={box} className="relative h-full overflow-hidden">
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label} className="absolute inset-0">
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={left} x2={x(1)} y1={y(mark) + 0.5} y2={y(mark) + 0.5} stroke={mark === 0 ? 'var(--line-strong)' : 'var(--grid)'} />
            <text x={left - 6} y={y(mark) + 4} textAnchor="end">{100 * mark}%</text>
            <text x={x(mark)} y={bottom + 15} textAnchor={mark === 1 ? 'end' : mark === 0 ? 'start' : 'middle'}>{100 * mark}%</text>
          </g>
        ))}
        <text x={x(0.5)} y={height - 4} textAnchor="middle">{axis}</text>
        <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--ink-3)" strokeDasharray="3 3" />
        {draw({ x, y })}
      </svg>
    </div>
  );
}

interface PanelProps {
  id: string;
  title: string;
  sub: string;
  chart: ReactNode;
  heads: string[];
  rows: string[][];
}

const cell = 'tabular h-6 border-t border-line text-right font-normal first:text-left';

/** A title that says the finding, the chart, and on wish its figures. */
export function Panel({ id, title, sub, chart, heads, rows }: PanelProps) {
  const [asTable, setAsTable] = useState(false);
  return (
    <section aria-labelledby={`${id}-title`} className="flex min-w-0 flex-col px-4 pt-3 pb-3">
      <div className="flex items-baseline gap-x-2">
        <h2 id={`${id}-title`} className="max-md:text-15">{title}</h2>
        <p className="min-w-0 truncate text-12 text-ink-3">{sub}</p>
        <button type="button" className="ml-auto min-h-6 flex-none text-12 font-medium text-sea max-md:min-h-11" onClick={() => setAsTable(!asTable)}>
          {t(asTable ? 'chart.as_chart' : 'chart.as_table')}
        </button>
      </div>
      <div className="mt-1 h-[320px]">
        {asTable ? (
          <div className="h-full overflow-auto" tabIndex={0}>
            <table className="w-full text-12">
              <thead>
                <tr>{heads.map((head) => <th key={head} scope="col" className="sticky top-0 bg-surface pb-1 text-right font-medium text-ink-3 first:text-left">{head}</th>)}</tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row[0]}>
                    {row.map((value, i) => (i === 0
                      ? <th key={heads[i]} scope="row" className={cell}>{value}</th>
                      : <td key={heads[i]} className={cell}>{value}</td>))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : chart}
      </div>
    </section>
  );
}
