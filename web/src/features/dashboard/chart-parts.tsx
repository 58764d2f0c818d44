// The few parts that the charts of the dashboard are made of: rows of bars, columns, a grid of weeks, tiles.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { Status } from '../../lib/domain';

/** Where a figure leads: the list behind it. */
export interface Behind {
  status?: Status[];
  fact?: string;
  days?: number;
  owner?: string;
  territory?: number | undefined;
}

const Figure = ({ to, label, children }: { to: Behind | undefined; label: string; children: ReactNode }) =>
  (to ? <Link to="/leads" search={to} aria-label={label} className="tabular inline-flex min-h-6 items-center font-semibold hover:underline">{children}</Link>
    : <b className="tabular font-semibold">{children}</b>);

export interface Bar {
  key: string;
  label: ReactNode;
  /** What it is called where only text goes. */
  name: string;
  value: number;
  shown: string;
  fill?: string;
  /** Fewer than ten: drawn hollow. */
  few?: boolean;
  more?: ReactNode;
  to?: Behind | undefined;
}

export function Bars({ bars, labelWidth = 104 }: { bars: readonly Bar[]; labelWidth?: number }) {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  return (
    <ul className="mt-1.5 flex min-h-0 flex-1 flex-col justify-start gap-px overflow-auto">
      {bars.map(({ key, label, name, value, shown, fill = 'var(--d4)', few = false, more, to }) => (
        <li key={key} data-bar={key} className="flex h-7 flex-none items-center gap-2 max-md:h-11">
          <span className="truncate text-ink-2" style={{ width: labelWidth }}>{label}</span>
          <span className="flex min-w-0 flex-1 items-center gap-2">
            <span
              aria-hidden="true" className="h-4 min-w-px flex-none"
              style={{ width: `${(value / most) * 72}%`, ...(few ? { border: `1.5px solid ${fill}` } : { background: fill }) }}
            />
            <Figure to={value > 0 ? to : undefined} label={`${name}: ${shown}`}>{shown}</Figure>
          </span>
          {more !== undefined && <span className="tabular flex-none text-right text-12 text-ink-3">{more}</span>}
        </li>
      ))}
    </ul>
  );
}

export function Columns({ bars, unit }: { bars: readonly Bar[]; unit: string }) {
  const most = Math.max(...bars.map(({ value }) => value), 0) || 1;
  return (
    <div className="flex min-h-0 flex-1 flex-col pt-1">
      <ol className="flex min-h-[120px] flex-1 items-stretch gap-[3px] border-b border-line-strong">
        {bars.map(({ key, name, value, shown, fill = 'var(--d4)', to }) => {
          const column = (
            <>
              <span className="tabular text-center text-11 leading-[15px] font-semibold">{value > 0 ? shown : ''}</span>
              <span aria-hidden="true" className="w-full" style={{ height: `${(value / most) * 84}%`, background: fill }} />
            </>
          );
          const look = 'flex h-full min-w-0 flex-col justify-end hover:bg-hover';
          return (
            <li key={key} data-bar={key} className="min-w-0 flex-1">
              {to && value > 0 ? <Link to="/leads" search={to} aria-label={`${name}: ${shown}`} className={look}>{column}</Link> : <span className={look}>{column}</span>}
            </li>
          );
        })}
      </ol>
      <div aria-hidden="true" className="flex gap-[3px] pt-0.5 text-11 text-ink-3">{bars.map(({ key, label }) => <span key={key} className="min-w-0 flex-1 truncate text-center">{label}</span>)}</div>
      <p className="text-11 text-ink-3">{unit}</p>
    </div>
  );
}

/** More is further from the page: d0 to d6. */
export const depthOf = (value: number, most: number): number => (value === 0 ? 0 : Math.min(6, 1 + Math.floor((value / Math.max(most, 1)) * 5.99)));
export const inkOn = (depth: number): string => (depth >= 5 ? 'var(--d-ink-hi)' : 'var(--d-ink-lo)');

export interface GridRow {
  key: string;
  group: string;
  name: string;
  cells: readonly number[];
  /** Several places together: figures without depth. */
  several: boolean;
}

/** Rows of weeks; the last column is the current one and is framed. Figures stand in it and at the highest. */
export function WeekGrid({ heads, rows, corner }: { heads: readonly string[]; rows: readonly GridRow[]; corner: string }) {
  // Several places in one row would make every single one look pale.
  const most = Math.max(1, ...rows.filter(({ several }) => !several).flatMap(({ cells }) => cells));
  const last = heads.length - 1;
  return (
    <div className="mt-1 min-h-0 flex-1 overflow-auto">
      <table className="h-full w-full table-fixed border-separate border-spacing-px text-11">
        <colgroup><col className="w-6" /><col className="w-[104px]" /></colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2} className="text-left font-normal text-ink-3">{corner}</th>
            {heads.map((head, i) => <th key={head} scope="col" className={`tabular font-normal ${i === last ? 'font-semibold text-ink' : 'text-ink-3'} max-md:nth-[-n+7]:hidden`}>{head}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, group, name, cells, several }, at) => (
            <tr key={key}>
              <td className="text-ink-3">{rows[at - 1]?.group === group ? '' : group}</td>
              <th scope="row" className="truncate text-left font-normal">{name}</th>
              {cells.map((value, i) => {
                const depth = several ? 0 : depthOf(value, most);
                return (
                  <td
                    key={heads[i]} className={`tabular h-[17px] text-center ${i === last ? 'outline outline-ink-2' : ''} max-md:nth-[-n+7]:hidden`}
                    style={several ? undefined : { background: `var(--d${depth})`, color: inkOn(depth) }}
                  >
                    {i === last || several || value === most ? value : <span className="sr-only">{value}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export interface Tile {
  key: string;
  name: string;
  value: number;
  column: number;
  row: number;
  to: Behind;
}

/** Places as tiles where they lie to each other, not to scale. */
export function Tiles({ title, tiles, most }: { title: string; tiles: readonly Tile[]; most: number }) {
  return (
    <section className="min-w-0">
      <h3 className="pb-1 text-12 font-medium text-ink-2">{title}</h3>
      <ul className="grid gap-0.5" style={{ gridTemplateColumns: `repeat(${Math.max(...tiles.map(({ column }) => column)) + 1}, minmax(0, 46px))` }}>
        {tiles.map(({ key, name, value, column, row, to }) => {
          const depth = depthOf(value, most);
          return (
            <li key={key} style={{ gridColumn: column + 1, gridRow: row + 1 }}>
              <Link
                to="/leads" search={to} title={name}
                className="flex h-9 flex-col justify-between rounded-[1px] px-1 py-0.5 max-md:h-11 hover:outline-2 hover:outline-focus"
                style={{ background: `var(--d${depth})`, color: inkOn(depth) }}
              >
                <span className="truncate text-[10px] leading-3">{name.replace('Saint ', 'St ')}</span>{' '}
                <b className="tabular text-12 leading-4 font-semibold">{value}</b>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
