// The name, where the lead stands and since when, its owner, and the way on.
import type { LeadDetail } from '../../api/rows';
import type { Role, Status } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-leads';
import { spanText } from '../../lib/time';
import { Changed } from '../../ui/changed';
import { useNow } from '../../ui/use-now';
import { type Names, OwnerFace, StatusWord } from './lead-parts';
import { MoveMenu } from './move-menu';

const way: readonly Status[] = ['new', 'contacted', 'qualified', 'converted'];

interface LeadTitleProps {
  lead: LeadDetail;
  names: Names;
  role: Role;
  me: string;
  heading?: 'h1' | 'h2';
}

export function LeadTitle({ lead, names, role, me, heading: Heading = 'h1' }: LeadTitleProps) {
  const now = useNow();
  const owner = lead.owner_id === null ? t('app.nobody') : (names.people.get(lead.owner_id)?.full_name ?? t('app.somebody'));
  const since = Math.max(0, (now.getTime() - Date.parse(lead.status_changed_at)) / 60_000);
  const reached = way.indexOf(lead.status);
  return (
    <div className="px-5 pt-4 pb-3">
      <Heading className="text-24 break-words">{lead.business_name}</Heading>
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <Changed value={lead.status}><StatusWord row={lead} /></Changed>
        <span className="text-ink-3">{t('lead.for', { span: spanText(since) })}</span>
        <span className="flex items-center gap-1.5"><OwnerFace row={lead} names={names} />{owner}</span>
      </div>
      {reached >= 0 && (
        <div aria-hidden="true" className="mt-3.5 mb-1.5 grid grid-cols-4 gap-0.5">
          {way.map((status, i) => (
            <span key={status} title={statusName(status)} className={`h-1 ${i <= reached ? 'bg-sea' : 'bg-band-track'}`} />
          ))}
        </div>
      )}
      <div className="flex items-center justify-end"><MoveMenu lead={lead} role={role} me={me} /></div>
    </div>
  );
}
