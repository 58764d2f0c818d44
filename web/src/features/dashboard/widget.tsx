// One field of the ruled sheet: a title that says the finding, a unit beside it, and the content.
import type { ReactNode } from 'react';

interface WidgetProps {
  id: string;
  title: string;
  sub?: string | undefined;
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Widget({ id, title, sub, action, className = '', children }: WidgetProps) {
  return (
    <section aria-labelledby={`${id}-title`} className={`flex min-h-0 min-w-0 flex-1 flex-col border-b border-line px-4 pt-3 pb-2.5 ${className}`}>
      <div className="flex flex-none items-baseline gap-2">
        <h2 id={`${id}-title`} className="truncate max-md:text-15">{title}</h2>
        {sub !== undefined && <p className="shrink-[99] truncate text-12 text-ink-3">{sub}</p>}
        {action !== undefined && <span className="ml-auto flex-none">{action}</span>}
      </div>
      {children}
    </section>
  );
}
