// The way on: a menu of the legal moves, or the reason why there is none.
import { lazy, Suspense } from 'react';

import type { LeadDetail } from '../../api/rows';
import type { Role } from '../../lib/domain';
import { t } from '../../lib/en-leads';
import { Button } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import { movesFor } from './model';

const MoveLead = lazy(() => import('./move-panel').then((part) => ({ default: part.MoveLead })));

interface MoveMenuProps {
  lead: LeadDetail;
  role: Role;
  me: string;
}

export function MoveMenu({ lead, role, me }: MoveMenuProps) {
  const targets = movesFor(lead, role, me);
  // An open deal decides the status: it is moved instead.
  if (role === 'viewer' || lead.deals.some(({ stage }) => stage !== 'closed')) return null;
  if (targets.length === 0) {
    const final = lead.status === 'converted' || role !== 'rep' || lead.owner_id === me;
    return <p className="text-12 text-ink-3">{t(final ? 'move.none' : 'move.not_yours')}</p>;
  }
  return (
    <LazyPopover
      label={t('move.title', { name: lead.business_name })} className="w-[272px] p-1.5"
      trigger={<Button look="quiet" className="-mr-1 px-1 text-12 text-sea! max-md:h-11">{t('lead.move')}</Button>}
    >
      {(close) => <Suspense><MoveLead lead={lead} targets={targets} onClose={close} /></Suspense>}
    </LazyPopover>
  );
}
