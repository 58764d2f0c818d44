// A section of the sidebar that folds away and stays so.
import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

import { toggleSection, useLayout } from './layout-store';

export function SidebarSection({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  const closed = useLayout((state) => state.closed.includes(name));
  const Arrow = closed ? ChevronRight : ChevronDown;
  return (
    <section className="mt-3">
      <h2 className="text-12 font-medium">
        <button
          type="button" aria-expanded={!closed} onClick={() => toggleSection(name)}
          className="flex h-7 w-full items-center gap-1.5 rounded-m px-2 text-ink-2 hover:bg-hover"
        >
          <Arrow aria-hidden="true" className="size-3 stroke-[1.5] text-ink-3" />{title}
        </button>
      </h2>
      {!closed && <ul>{children}</ul>}
    </section>
  );
}

export const sectionLink =
  'flex h-7 items-center gap-2 rounded-m pr-2 pl-[26px] font-medium text-ink-2 hover:bg-hover data-[status=active]:bg-sea-tint data-[status=active]:text-ink';
