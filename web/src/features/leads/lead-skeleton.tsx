// Rows to come, with the heights they will have.
const widths = [118, 142, 96, 130, 108, 124, 90, 136];

export function LeadSkeleton({ phone }: { phone: boolean }) {
  return (
    <div aria-hidden="true" className="min-h-0 flex-1 overflow-hidden">
      {!phone && <div className="h-[30px] border-b border-line bg-sunken" />}
      {Array.from({ length: 24 }, (_, i) => (
        <div key={i} className="flex items-center gap-6 border-b border-line px-4" style={{ height: phone ? 80 : 'var(--row)' }}>
          <span className="skeleton w-5" />
          <span className="skeleton" style={{ width: widths[i % widths.length] }} />
          <span className="flex-1" />
          <span className="skeleton w-[58px]" />
        </div>
      ))}
    </div>
  );
}
