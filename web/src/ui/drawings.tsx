// What is shown where something is missing: fragments of a chart.

// A part of the chart nobody has surveyed.
export const unsurveyed = (
  <>
    <path d="M4 52C22 40 26 58 42 46S56 26 70 24s26-16 46-12" fill="none" stroke="var(--d4)" />
    <path d="M4 60C22 50 28 66 44 55S60 36 72 33s28-14 44-11" fill="none" stroke="var(--d2)" />
    <rect x="44" y="8" width="56" height="42" fill="var(--surface)" stroke="var(--ink-3)" strokeDasharray="3 3" />
    <text x="72" y="33" textAnchor="middle" className="text-[10px] italic">unsurveyed</text>
  </>
);

// A light whose arc is cut.
export const cut = (
  <>
    <path d="M22 50A44 44 0 0 1 42 16M98 50A44 44 0 0 0 78 16" fill="none" stroke="var(--flare)" strokeDasharray="4 3" />
    <path d="M36 50A28 28 0 0 1 46 30M84 50A28 28 0 0 0 74 30" fill="none" stroke="var(--ink-off)" />
    <circle cx="60" cy="50" r="4" fill="var(--ink)" />
    <path d="M10 60h100" stroke="var(--line-strong)" />
  </>
);
