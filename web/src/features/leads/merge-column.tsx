// The head of one of two leads that are compared: what it is, and whether it is the one that is kept.
import { Link } from '@tanstack/react-router';

import type { LeadDetail } from '../../api/rows';
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-merge';
import { Time } from '../../ui/time';
import { type Names, OwnerFace, placeName, StatusWord } from './lead-parts';

interface MergeColumnProps {
  lead: LeadDetail;
  names: Names;
  kept: boolean;
  /** Not given: it cannot be the one that is kept. */
  onKeep?: (() => void) | undefined;
}

export function MergeColumn({ lead, names, kept, onKeep }: MergeColumnProps) {
  const owner = lead.owner_id === null ? t('app.nobody') : (names.people.get(lead.owner_id)?.full_name ?? t('app.somebody'));
  return (
    <div className={cn('min-w-0 border-b-2 px-3 py-3', kept ? 'border-sea bg-select' : 'border-line')}>
      <h2 className="text-15 break-words">
        <Link to="/leads/$id" params={{ id: lead.id }} className="hover:underline">{lead.business_name}</Link>
      </h2>
      <p className="mt-0.5 text-12 text-ink-3">{lead.reference} · {placeName(lead, names)}</p>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <StatusWord row={lead} />
        <span className="flex items-center gap-1.5"><OwnerFace row={lead} names={names} />{owner}</span>
        <span className="text-ink-3"><Time at={lead.created_at} /></span>
      </p>
      <label className={cn('mt-2.5 inline-flex min-h-7 items-center gap-2 max-md:min-h-11', onKeep ? 'cursor-pointer' : 'text-ink-3')}>
        <input type="radio" name="kept" className="size-4 accent-sea" checked={kept} disabled={!onKeep && !kept} onChange={() => onKeep?.()} />
        <span className={kept ? 'font-semibold' : ''}>{t(kept ? 'merge.kept' : onKeep ? 'merge.keep' : 'merge.becomes')}</span>
      </label>
    </div>
  );
}
