// Empty and missing: each says why and what to do next, with a fragment of chart.
import type { ReactNode } from 'react';

const drawings = {
  // A light that is not lit yet.
  unlit: (
    <>
      <ellipse cx="60" cy="34" rx="13" ry="8" fill="none" stroke="var(--d4)" />
      <ellipse cx="60" cy="34" rx="26" ry="15.5" fill="none" stroke="var(--d3)" />
      <ellipse cx="60" cy="34" rx="39" ry="23" fill="none" stroke="var(--d2)" />
      <ellipse cx="60" cy="34" rx="52" ry="30.5" fill="none" stroke="var(--d1)" />
      <circle cx="60" cy="34" r="3" fill="var(--ink)" />
      <path
        d="M62 32C63 22 69 14 77 13c4-.4 5.5 3.5 3.5 7C76 27 70 31 62 32Z"
        fill="none" stroke="var(--flare)" strokeWidth="1.2" strokeDasharray="2 2"
      />
    </>
  ),
  // Soundings round an empty ring.
  soundings: (
    <>
      {[[12, 16, 31], [38, 12, 44], [88, 14, 62], [110, 24, 75], [20, 48, 28], [96, 54, 57], [70, 60, 49], [44, 58, 36]]
        .map(([x, y, depth]) => (
          <text key={depth} x={x} y={y} textAnchor="middle" className="fill-ink-off!">{depth}</text>
        ))}
      <circle cx="60" cy="33" r="17" fill="var(--surface)" stroke="var(--sea)" strokeWidth="1.2" />
    </>
  ),
  // A part of the chart nobody has surveyed.
  unsurveyed: (
    <>
      <path d="M4 52C22 40 26 58 42 46S56 26 70 24s26-16 46-12" fill="none" stroke="var(--d4)" />
      <path d="M4 60C22 50 28 66 44 55S60 36 72 33s28-14 44-11" fill="none" stroke="var(--d2)" />
      <rect x="44" y="8" width="56" height="42" fill="var(--surface)" stroke="var(--ink-3)" strokeDasharray="3 3" />
      <text x="72" y="33" textAnchor="middle" className="text-[10px] italic">unsurveyed</text>
    </>
  ),
  // A light whose arc is cut.
  cut: (
    <>
      <path d="M22 50A44 44 0 0 1 42 16M98 50A44 44 0 0 0 78 16" fill="none" stroke="var(--flare)" strokeDasharray="4 3" />
      <path d="M36 50A28 28 0 0 1 46 30M84 50A28 28 0 0 0 74 30" fill="none" stroke="var(--ink-off)" />
      <circle cx="60" cy="50" r="4" fill="var(--ink)" />
      <path d="M10 60h100" stroke="var(--line-strong)" />
    </>
  ),
};

interface EmptyProps {
  drawing: keyof typeof drawings;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  heading?: 'h1' | 'h2';
}

export function Empty({ drawing, title, children, actions, heading: Heading = 'h2' }: EmptyProps) {
  return (
    <div className="flex flex-1 flex-col items-center px-5 pt-[76px] pb-10 text-center">
      <svg width="120" height="68" viewBox="0 0 120 68" aria-hidden="true">{drawings[drawing]}</svg>
      <Heading className="mt-3.5 text-15">{title}</Heading>
      <p className="mt-1 mb-3.5 max-w-[34ch] text-balance text-ink-2">{children}</p>
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
