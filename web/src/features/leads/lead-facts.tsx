// What is known of the business, its people and its money.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import type { LeadDetail } from '../../api/rows';
import { countryOf, range } from '../../lib/domain';
import { lookup, painName, t, typeName } from '../../lib/en-leads';
import { recordMoney, symbolOf } from '../../lib/money';
import { Editable } from './editable';
import { type Names, placeName } from './lead-parts';
import { relevantPains } from './model';

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[120px_minmax(0,1fr)] py-1 max-md:py-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children ?? <span className="text-ink-3">{t('lead.unknown')}</span>}</dd>
    </div>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="pt-[11px] pb-1 text-12 leading-4">{title}</h2>
      <dl>{children}</dl>
    </section>
  );
}

function money(amount: number | null, currency: string | null): ReactNode {
  if (amount === null || currency === null) return null;
  return <><span className="text-ink-3">{symbolOf(currency)}</span>{recordMoney(amount)}</>;
}

function consentWords(lead: LeadDetail): string {
  if (!lead.consent_contact) return t('lead.consent_none');
  return t(lead.consent_marketing ? 'lead.consent_both' : 'lead.consent_contact');
}

export function LeadFacts({ lead, names, canEdit }: { lead: LeadDetail; names: Names; canEdit: boolean }) {
  const edit = (fact: Parameters<typeof Editable>[0]['fact'], children: ReactNode) => <Editable lead={lead} fact={fact} canEdit={canEdit}>{children}</Editable>;
  const phones = [...lead.submission_phones].sort((a, b) => Number(b.is_primary) - Number(a.is_primary));
  const extra = Object.entries(lead.form_data).filter(([, value]) => value !== null && value !== '');
  return (
    <div className="border-t border-line px-5 pt-0.5 pb-4">
      <Group title={t('lead.business')}>
      {lead.organizations && (
        <Fact name={t('lead.organization')}>
          <Link to="/organizations/$id" params={{ id: lead.organizations.id }} className="inline-flex min-h-6 items-center text-sea hover:underline">{lead.organizations.name}</Link>
        </Fact>
      )}
      <Fact name={t('lead.type')}>{edit('business_type', typeName(lead.business_type))}</Fact>
      <Fact name={t('lead.territory')}>
        {placeName(lead, names)}, {countryOf(lead.country).name}{' '}
        {lead.territory_source && <span className="text-ink-3">{lookup('source', lead.territory_source)}</span>}
      </Fact>
      <Fact name={t('lead.revenue')}>{edit('monthly_revenue_band', lead.monthly_revenue_band && `US$${range(lead.monthly_revenue_band)}`)}</Fact>
      <Fact name={t('lead.transactions')}>
        {edit('monthly_transactions', lead.monthly_transactions === null ? null : t('lead.a_month', { n: lead.monthly_transactions }))}
      </Fact>
      <Fact name={t('lead.ticket')}>{edit('average_ticket', money(lead.average_ticket, lead.currency))}</Fact>
      <Fact name={t('lead.employees')}>{edit('employee_band', lead.employee_band && range(lead.employee_band))}</Fact>
      <Fact name={t('lead.established')}>{edit('year_established', lead.year_established)}</Fact>
      <Fact name={t('lead.processor')}>{edit('current_processor', lead.current_processor)}</Fact>
      <Fact name={t('lead.interest')}>{edit('interest_level', t('score.of_ten', { n: lead.interest_level }))}</Fact>
      {lead.pain_points.length > 0 && (
        <Fact name={t('lead.pains')}>
          {lead.pain_points.map((pain) => relevantPains.includes(pain)
            ? <span key={pain} className="block">{painName(pain)}</span>
            : <span key={pain} className="block text-ink-3">{t('lead.not_scored', { pain: painName(pain) })}</span>)}
        </Fact>
      )}
      {(canEdit || lead.specific_needs) && <Fact name={t('lead.needs')}>{edit('specific_needs', lead.specific_needs)}</Fact>}
      {extra.map(([name, value]) => (
        <Fact key={name} name={lookup('extra', name)}>{Array.isArray(value) ? value.join(', ') : JSON.stringify(value).replace(/^"|"$/g, '')}</Fact>
      ))}
      </Group>
      <Group title={t('lead.contact')}>
      {lead.contacts && (
        <Fact name={t('lead.contact')}>
          <Link to="/contacts/$id" params={{ id: lead.contacts.id }} className="inline-flex min-h-6 items-center text-sea hover:underline">{lead.contacts.full_name}</Link>
        </Fact>
      )}
      <Fact name={t('lead.owner')}>{edit('owner_name', lead.owner_name)}</Fact>
      {phones.map((phone) => (
        <Fact key={phone.number} name={lookup('phone', phone.label)}>
          <a href={`tel:${phone.number}`} className="hover:underline">{phone.number}</a>
        </Fact>
      ))}
      {lead.email && (
        <Fact name={t('lead.email')}><a href={`mailto:${lead.email}`} className="hover:underline">{lead.email}</a></Fact>
      )}
      {(canEdit || lead.address) && <Fact name={t('lead.address')}>{edit('address', lead.address)}</Fact>}
      {lead.decision_makers.length > 0 && <Fact name={t('lead.decision')}>{lead.decision_makers.join(', ')}</Fact>}
      {lead.preferred_language && <Fact name={t('lead.language')}>{lookup('language', lead.preferred_language)}</Fact>}
      <Fact name={t('lead.consent')}>{consentWords(lead)}</Fact>
      </Group>
      {lead.stated_value !== null && (
      <Group title={t('lead.money')}>
      <Fact name={t('lead.stated')}><b className="font-semibold">{money(lead.stated_value, lead.currency)}</b></Fact>
      </Group>
      )}
      <Group title={t('lead.origin')}>
      {lead.tags.length > 0 && (
        <Fact name={t('lead.tags')}>
          {lead.tags.map((tag) => <span key={tag} className="mr-1 rounded-s border border-line px-1 text-12 text-ink-2">{tag}</span>)}
        </Fact>
      )}
      <Fact name={t('lead.reference')}><span className="tabular select-all">{lead.reference}</span></Fact>
      <Fact name={t('lead.channel')}>{t(`channel.${lead.channel}`)}</Fact>
      </Group>
    </div>
  );
}
