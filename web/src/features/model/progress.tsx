// Work that is under way, as a scale bar: which, how far, and in which step.

interface ProgressProps {
  title: string;
  words: string;
  percent: number;
  children?: React.ReactNode;
}

const parts = 20;

export function Progress({ title, words, percent, children }: ProgressProps) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-sea-tint px-4 py-1.5">
      <span className="font-semibold">{title}</span>
      <span
        role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={`${percent}%, ${words}`}
        className="flex h-2 w-[240px] max-w-full border border-ink-2 bg-surface"
      >
        {Array.from({ length: parts }, (_, i) => (
          <span key={i} className="relative h-full flex-1 overflow-hidden">
            <span
              className={`absolute inset-y-0 left-0 ${i % 2 === 0 ? 'bg-ink' : 'bg-sea'}`}
              style={{ width: `${Math.min(1, Math.max(0, (percent * parts) / 100 - i)) * 100}%` }}
            />
          </span>
        ))}
      </span>
      <span className="tabular w-9 text-right font-semibold">{percent}%</span>
      <span className="text-ink-2">{words}</span>
      <span className="ml-auto">{children}</span>
    </div>
  );
}
