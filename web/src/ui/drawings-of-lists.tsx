// What an empty list shows: fragments of a chart.

// A light that is not lit yet.
export const unlit = (
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
);

// Soundings round an empty ring.
export const soundings = (
  <>
    {[[12, 16, 31], [38, 12, 44], [88, 14, 62], [110, 24, 75], [20, 48, 28], [96, 54, 57], [70, 60, 49], [44, 58, 36]]
      .map(([x, y, depth]) => (
        <text key={depth} x={x} y={y} textAnchor="middle" className="fill-ink-off!">{depth}</text>
      ))}
    <circle cx="60" cy="33" r="17" fill="var(--surface)" stroke="var(--sea)" strokeWidth="1.2" />
  </>
);
