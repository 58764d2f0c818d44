// The Flash mark: a position dot with its flare, as a chart draws a light.
export function Mark({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" className="flex-none">
      <path
        d="M7.4 12.3C7.7 6.4 11.6 1.5 16 1.1c2.7-.2 3.7 2.2 2.5 4.4C16.5 9.2 12.1 12 7.4 12.3Z"
        className="fill-flare"
      />
      <circle cx="5.2" cy="14.6" r="4.1" className="fill-ink" />
      <circle cx="5.2" cy="14.6" r="1.5" className="fill-surface" />
    </svg>
  );
}
