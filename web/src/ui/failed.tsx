// What went wrong, what to do, and the id to quote.
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface FailedProps {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  requestId?: string | null;
  requestLabel: string;
}

/** What went wrong above the rows that are still there. */
export function Failed({ title, children, actions, requestId, requestLabel }: FailedProps) {
  return (
    <div role="alert" className="flex gap-2.5 border-b border-bad-line bg-bad-tint px-4 py-[11px]">
      <CircleAlert className="mt-px size-4 flex-none stroke-[1.5] text-bad" aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        <div className="text-ink-2">{children}</div>
        <div className="mt-1.5 flex flex-wrap items-baseline gap-3 text-12">
          {actions}
          {requestId && <span className="text-ink-2 select-all">{requestLabel} {requestId}</span>}
        </div>
      </div>
    </div>
  );
}
