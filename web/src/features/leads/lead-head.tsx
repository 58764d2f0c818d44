// The bar over a lead: the way back, its place in the list, who else is here, and how to reach it.
import { Link } from '@tanstack/react-router';
import { ArrowLeft, ChevronDown, ChevronUp, Mail, MessageCircle, Phone } from 'lucide-react';

import type { Here } from '../../api/presence';
import type { LeadDetail } from '../../api/rows';
import { t } from '../../lib/en-leads';
import { firstName } from '../../lib/person';
import { Avatar } from '../../ui/avatar';
import { buttonClass } from '../../ui/button';
import { useLastList } from './last-list';

function whoIsHere(people: Here[]): string {
  const [a, b] = people.map((person) => firstName(person.name));
  if (a === undefined) return '';
  if (b === undefined) return t('presence.one_here', { name: a });
  if (people.length === 2) return t('presence.two_here', { a, b });
  return t('presence.many_here', { name: a, n: people.length - 1 });
}

interface LeadHeadProps {
  lead: LeadDetail;
  others: Here[];
  place: { index: number; all: number; previous: string | undefined; next: string | undefined } | null;
}

export function LeadHead({ lead, others, place }: LeadHeadProps) {
  const search = useLastList((state) => state.search);
  const step = (id: string | undefined, label: string, up: boolean) => {
    const icon = up ? <ChevronUp /> : <ChevronDown />;
    const look = `${buttonClass('quiet', 'icon')} w-6!`;
    return id === undefined
      ? <span aria-hidden="true" className={`${look} opacity-40`}>{icon}</span>
      : <Link to="/leads/$id" params={{ id }} replace aria-label={label} title={label} className={look}>{icon}</Link>;
  };
  return (
    <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[52px]">
      <nav aria-label={t('lead.path')} className="min-w-0">
        <ol className="flex items-center gap-1.5">
          <li className="flex-none">
            <Link to="/leads" search={search} className="flex items-center gap-1 rounded-s text-ink-2 hover:text-ink max-md:h-11">
              <ArrowLeft aria-hidden="true" className="size-3.5 stroke-[1.5]" />{t('lead.back')}
            </Link>
          </li>
          <li aria-current="page" className="flex min-w-0 gap-1.5 max-md:sr-only">
            <span aria-hidden="true" className="text-ink-3">/</span><span className="truncate">{lead.business_name}</span>
          </li>
        </ol>
      </nav>
      {place && (
        <>
          <span className="tabular text-12 text-ink-3">{t('lead.place', { n: place.index + 1, all: place.all })}</span>
          <span className="flex max-md:hidden">
            {step(place.previous, t('lead.previous'), true)}
            {step(place.next, t('lead.next'), false)}
          </span>
        </>
      )}
      <span className="flex-1" />
      {others.length > 0 && (
        <p role="status" className="flex min-w-0 items-center gap-2 text-12 text-ink-2">
          <span className="flex [&>*+*]:-ml-[3px]">
            {others.slice(0, 3).map((person) => <Avatar key={person.id} {...person} size="s" here />)}
          </span>
          <span className="truncate max-md:sr-only">{whoIsHere(others)}</span>
        </p>
      )}
      <span className="flex gap-1.5">
        {lead.phone && (
          <>
            <a href={`tel:${lead.phone}`} className={`${buttonClass()} max-md:size-11`} aria-label={t('lead.call')}>
              <Phone aria-hidden="true" /><span className="max-md:hidden">{t('lead.call')}</span>
            </a>
            <a
              href={`https://wa.me/${lead.phone.replace(/\D/g, '')}`} target="_blank" rel="noreferrer"
              className={`${buttonClass()} max-md:size-11`} aria-label={t('lead.whatsapp')}
            >
              <MessageCircle aria-hidden="true" /><span className="max-md:hidden">{t('lead.whatsapp')}</span>
            </a>
          </>
        )}
        {lead.email && (
          <a href={`mailto:${lead.email}`} className={`${buttonClass()} max-md:size-11`} aria-label={t('lead.write')}>
            <Mail aria-hidden="true" /><span className="max-md:hidden">{t('lead.write')}</span>
          </a>
        )}
      </span>
    </div>
  );
}
