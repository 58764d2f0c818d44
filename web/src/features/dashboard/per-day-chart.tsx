// Leads per day by country: stacked bars, today hatched because it is not over.
import { useRef, useState, type PointerEvent } from 'react';

import { countryOf } from '../../lib/domain';
import { t } from '../../lib/en-dash';
import { dayMonth, written } from '../../lib/time';
import { useSize } from '../../ui/use-size';
import { axisSteps, type Day } from './chart-model';

const left = 26;
const top = 8;
const axis = 20;
const at = (day: string): Date => new Date(`${day}T12:00:00`);
const isMonday = (day: string): boolean => at(day).getDay() === 1;
const ink = (country: string): string => `var(--c${countryOf(country).series})`;

function Hatches({ countries }: { countries: string[] }) {
  return (
    <defs>
      {countries.map((country) => (
        <pattern key={country} id={`hatch-${country}`} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="4" height="4" fill={ink(country)} opacity=".28" />
          <rect width="1.6" height="4" fill={ink(country)} />
        </pattern>
      ))}
    </defs>
  );
}

export function PerDayChart({ days }: { days: Day[] }) {
  const box = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(box, { width: 480, height: 210 });
  const [over, setOver] = useState<number | null>(null);
  const countries = days[0]?.parts.map((part) => part.country) ?? [];
  const lastWeek = days.at(-8);
  const steps = axisSteps(Math.max(...days.map((day) => day.total), lastWeek?.total ?? 0));
  const max = steps.at(-1) ?? 1;
  const bottom = height - axis;
  const y = (leads: number) => bottom - (leads / max) * (bottom - top);
  const slot = (width - left) / days.length;
  const barWidth = Math.max(2, slot * 0.68);
  const x = (i: number) => left + i * slot + (slot - barWidth) / 2;
  const pick = (event: PointerEvent) => {
    const from = event.currentTarget.getBoundingClientRect().left;
    const i = Math.floor((event.clientX - from - left) / slot);
    setOver(i >= 0 && i < days.length ? i : null);
  };
  const last = days.length - 1;
  const picked = over === null ? undefined : days[over];
  return (
    <div ref={box} className="relative h-full overflow-hidden" onPointerMove={pick} onPointerLeave={() => setOver(null)}>
      <svg width={width} height={height} className="absolute inset-0" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={t('dash.per_day')}>
        <Hatches countries={countries} />
        {steps.map((step) => (
          <g key={step}>
            <line x1={left} x2={width} y1={y(step) + 0.5} y2={y(step) + 0.5} stroke={step === 0 ? 'var(--line-strong)' : 'var(--grid)'} />
            <text x={left - 7} y={y(step) + 4} textAnchor="end">{step}</text>
          </g>
        ))}
        {over !== null && <rect x={left + over * slot} y={top} width={slot} height={bottom - top} fill="var(--hover)" />}
        {lastWeek && lastWeek.total > (days[last]?.total ?? 0) && (
          <rect
            x={x(last) + 0.5} y={y(lastWeek.total)} width={barWidth - 1} height={bottom - y(lastWeek.total)}
            fill="none" stroke="var(--ink-off)" strokeDasharray="2 2"
          />
        )}
        {days.map((day, i) => {
          let base = 0;
          return (
            <g key={day.day}>
              {day.parts.map(({ country, leads }) => {
                if (leads === 0) return null;
                const y1 = y(base + leads);
                // A gap of one pixel parts the segments.
                const size = Math.max(1, y(base) - y1 - (base > 0 ? 1 : 0));
                base += leads;
                return (
                  <rect
                    key={country} x={x(i)} y={y1} width={barWidth} height={size}
                    fill={i === last ? `url(#hatch-${country})` : ink(country)}
                  />
                );
              })}
              {i === last
                ? <text x={width} y={height - 5} textAnchor="end" className="fill-ink! font-semibold">{t('dash.today')}</text>
                : isMonday(day.day) && i < last - 2 && <text x={x(i)} y={height - 5}>{dayMonth(at(day.day))}</text>}
            </g>
          );
        })}
      </svg>
      {picked && over !== null && (
        <div
          className="pointer-events-none absolute top-1.5 z-4 w-[186px] rounded-m bg-raised px-2.5 py-2 text-12 leading-[17px] shadow-e2"
          style={over < days.length / 2 ? { left: x(over) + barWidth + 8 } : { right: width - x(over) + 8 }}
        >
          <p className="flex justify-between font-semibold">
            <span>{written(at(picked.day), { weekday: 'short', day: 'numeric', month: 'short' })}</span>
            <span className="tabular">{picked.total}</span>
          </p>
          {[...picked.parts].reverse().map(({ country, leads }) => (
            <p key={country} className="flex items-center gap-1.5">
              <span className="size-2 rounded-[1px]" style={{ background: ink(country) }} />
              <span className="flex-1 text-ink-2">{countryOf(country).name}</span>
              <span className="tabular">{leads}</span>
            </p>
          ))}
          {over >= 7 && (
            <p className="text-ink-3">{t('dash.same_day_last_week', { n: days[over - 7]?.total ?? 0 })}</p>
          )}
        </div>
      )}
    </div>
  );
}
