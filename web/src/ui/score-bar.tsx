// The score as a scale bar: alternating tones are the factors in the model's order.
import type { Band } from '../lib/domain';

export const bandFill: Record<Band, string> = {
  hot: 'bg-hot', warm: 'bg-warm', cool: 'bg-cool', cold: 'bg-cold',
};
export const bandInk: Record<Band, string> = {
  hot: 'text-hot-ink', warm: 'text-warm-ink', cool: 'text-cool-ink', cold: 'text-cold-ink',
};

interface ScoreBarProps {
  band: Band;
  /** Widths in points of 100; they add up to the score. */
  parts: number[];
  width?: number;
}

export function ScoreBar({ band, parts, width = 56 }: ScoreBarProps) {
  return (
    <span
      aria-hidden="true"
      className="flex h-1.5 flex-none overflow-hidden rounded-[1px] bg-band-track"
      style={{ width }}
    >
      {parts.map((points, i) => (
        <span
          key={i}
          className={`h-full ${bandFill[band]} ${i % 2 === 1 ? 'opacity-55' : ''}`}
          style={{ width: `${points}%` }}
        />
      ))}
    </span>
  );
}
