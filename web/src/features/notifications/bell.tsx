// The bell with how much is unread; the list is loaded when it is opened.
import { useQuery } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { lazy, type ReactNode, Suspense } from 'react';

import type { PersonRow } from '../../api/rows';
import { count, t } from '../../lib/en';
import { Button } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import { unreadQuery } from './queries';

const NoticeList = lazy(() => import('./notice-list').then((part) => ({ default: part.NoticeList })));

interface BellProps {
  people: Map<string, PersonRow>;
  onOpen: (lead: string) => void;
  /** Composed by the frame: where all notices and their settings are. */
  foot?: (close: () => void) => ReactNode;
}

export function Bell({ people, onOpen, foot }: BellProps) {
  const unread = useQuery(unreadQuery).data ?? 0;
  const label = unread > 0 ? count('nav.notices', unread) : t('nav.notices');
  return (
    <LazyPopover
      label={t('nav.notices')} className="w-[392px]" align="end"
      trigger={
        <Button look="quiet" size="icon" aria-label={label} title={label} className="relative max-md:size-11 [&_svg]:size-4">
          <BellIcon />
          {unread > 0 && (
            <span aria-hidden="true" className="absolute top-0 right-0 grid h-[15px] min-w-[15px] place-items-center rounded-full bg-flare px-1 text-[9.5px] leading-none font-semibold text-on-flare max-md:top-2 max-md:right-2">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </Button>
      }
    >
      {(close) => (
        <Suspense fallback={<div className="h-40" />}>
          <NoticeList
            people={people} foot={foot?.(close)}
            onOpen={(lead) => {
              close();
              onOpen(lead);
            }}
          />
        </Suspense>
      )}
    </LazyPopover>
  );
}
