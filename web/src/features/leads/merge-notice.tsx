// Over a lead: what it became part of, what became part of it, and who else may be the same merchant.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Merge } from 'lucide-react';
import type { ReactNode } from 'react';

import type { LeadDetail } from '../../api/rows';
import { count, t } from '../../lib/en-merge';
import { Button, buttonClass } from '../../ui/button';
import { Time } from '../../ui/time';
import type { Names } from './lead-parts';
import { unmerge } from './merge-mutations';
import { kinQuery, type MergeRow, mergesQuery } from './merge-queries';

function Strip({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex min-h-10 flex-none items-center gap-2.5 border-b border-line bg-sunken px-4 py-1.5">
      <Merge aria-hidden="true" className="size-4 flex-none stroke-[1.5] text-ink-3" />
      <p className="min-w-0 flex-1 text-ink-2">{children}</p>
      {actions}
    </div>
  );
}

const linkClass = 'font-medium text-sea hover:underline';

function Back({ merge }: { merge: MergeRow }) {
  const client = useQueryClient();
  return <Button className="max-md:h-11" onClick={() => void unmerge(client, merge.id)}>{t('merge.unmerge')}</Button>;
}

export function MergeNotice({ lead, names, canEdit }: { lead: LeadDetail; names: Names; canEdit: boolean }) {
  const merges = useQuery(mergesQuery(lead.id)).data ?? [];
  const partOf = merges.find(({ other_id: other }) => other === lead.id);
  const kin = useQuery({ ...kinQuery(lead.id), enabled: !partOf }).data ?? [];
  const parts = merges.filter(({ kept_id: kept }) => kept === lead.id);
  const [last] = parts;
  const [first] = kin;
  const nameOf = (id: string | null) => (id === null ? t('app.system') : (names.people.get(id)?.full_name ?? t('app.somebody')));
  if (partOf) {
    return (
      <Strip actions={canEdit && <Back merge={partOf} />}>
        {t('merge.part_of', { who: nameOf(partOf.actor_id) })}{' '}
        {partOf.kept && <Link to="/leads/$id" params={{ id: partOf.kept_id }} className={linkClass}>{partOf.kept.business_name}</Link>}{' '}
        <span className="text-ink-3"><Time at={partOf.created_at} /></span>
      </Strip>
    );
  }
  return (
    <>
      {first && (
        <Strip
          actions={canEdit && <Link to="/leads/merge" search={{ a: lead.id, b: first.id }} className={`${buttonClass()} max-md:h-11`}>{t('merge.compare')}</Link>}
        >
          {count('merge.banner', kin.length)}:{' '}
          {kin.slice(0, 3).map(({ id, business_name: name, reference, why }, i) => (
            <span key={id}>
              {i > 0 && ', '}
              <Link to="/leads/$id" params={{ id }} className={linkClass}>{name === lead.business_name ? `${name} ${reference}` : name}</Link>{' '}
              <span className="text-ink-3">({t(`merge.why_${why}`)})</span>
            </span>
          ))}
        </Strip>
      )}
      {last && (
        <Strip actions={canEdit && <Back merge={last} />}>
          {count('merge.contains', parts.length)}:{' '}
          <Link to="/leads/$id" params={{ id: last.other_id }} className={linkClass}>{last.other?.business_name ?? t('app.somebody')}</Link>{' '}
          <span className="text-ink-3"><Time at={last.created_at} /></span>
        </Strip>
      )}
    </>
  );
}
