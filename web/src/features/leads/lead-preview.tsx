// A lead beside the list: what it is and what can be done, without leaving the list.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import type { SessionUser } from '../../api/session';
import { t as word } from '../../lib/en-lead-list';
import { t } from '../../lib/en-lead-work';
import { Button, buttonClass } from '../../ui/button';
import { useKeys } from '../../ui/use-keys';
import { LeadFacts } from './lead-facts';
import { LeadScore } from './lead-score';
import { LeadTitle } from './lead-title';
import { leadQuery } from './queries';

interface LeadPreviewProps {
  id: string;
  user: SessionUser;
  onClose: () => void;
}

export function LeadPreview({ id, user, onClose }: LeadPreviewProps) {
  const { data: lead } = useQuery(leadQuery(id));
  const people = useQuery(peopleQuery).data;
  const nodes = useQuery(territoriesQuery).data;
  const names = useMemo(() => ({ people: personById(people ?? []), nodes: nodeById(nodes ?? []) }), [people, nodes]);
  useKeys({ Escape: onClose });
  return (
    <aside aria-label={word('preview.title')} className="flex w-[372px] flex-none flex-col border-l border-line bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-10 max-lg:shadow-e3">
      <div className="flex h-11 flex-none items-center gap-2 border-b border-line px-5">
        <Link to="/leads/$id" params={{ id }} className={buttonClass()}>{t('preview.open')}</Link>
        <span className="flex-1" />
        <Button look="quiet" size="icon" aria-label={t('preview.close')} title={t('preview.close')} onClick={onClose}><X /></Button>
      </div>
      <div className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
        {lead && (
          <>
            <LeadTitle lead={lead} names={names} role={user.role} me={user.id} heading="h2" />
            <div className="border-t border-line"><LeadScore lead={lead} /></div>
            <LeadFacts lead={lead} names={names} canEdit={user.role === 'manager' || user.role === 'admin' || lead.owner_id === user.id} />
          </>
        )}
      </div>
    </aside>
  );
}
