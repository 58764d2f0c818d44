// Everything about one person: how to reach him, his organisation, and his leads and deals.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Mail, Phone } from 'lucide-react';
import { useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { keys } from '../../api/keys';
import { contactColumns, type ContactRow } from '../../api/rows';
import type { SessionUser } from '../../api/session';
import { languages } from '../../lib/language';
import { t } from '../../lib/en-organizations';
import { dayOf } from '../../lib/time';
import { buttonClass } from '../../ui/button';
import { Changed } from '../../ui/changed';
import { InlineField } from '../../ui/inline-field';
import { useNow } from '../../ui/use-now';
import { useTitle } from '../../ui/use-title';
import { Deals, Leads } from './belonging';
import { ContactPhones } from './contact-phones';
import { useSaveField } from './mutations';
import { Fact } from './parts';
import { contactQuery } from './queries';
import { NoRecord, RecordFrame } from './record-frame';
import { useLiveRecords } from './use-live';

function Facts({ row, canEdit }: { row: ContactRow; canEdit: boolean }) {
  const now = useNow();
  const nodes = useQuery(territoriesQuery).data;
  const save = useSaveField<ContactRow>('contacts', keys.contact(row.id), contactColumns);
  const hint = t('org.hint');
  const label = (field: string, value: string) => t('org.edit', { field, value });
  const language = row.preferred_language === null ? null : t(`language.${row.preferred_language}`);
  const marketing = t(row.consent_marketing ? 'org.marketing_yes' : 'org.marketing_no');
  const shown = language ?? <span className="text-ink-3">{t('org.unknown')}</span>;
  return (
    <>
      <Changed value={row.full_name} className="px-5 pt-3.5 pb-3">
        <h1 className="text-24">
          {canEdit ? (
            <InlineField
              name={t('org.person')} label={label(t('org.person'), row.full_name)} value={row.full_name} hint={hint} maxLength={120}
              onSave={(value) => (value.length < 2 ? Promise.resolve(t('org.too_short')) : save(row, 'full_name', value, t('org.person')))}
            >
              {row.full_name}
            </InlineField>
          ) : row.full_name}
        </h1>
      </Changed>
      <dl className="border-t border-line px-5 py-2.5">
        <Fact name={t('org.of')}>
          {row.organizations && <Link to="/organizations/$id" params={{ id: row.organizations.id }} className="inline-flex min-h-6 items-center font-medium text-sea hover:underline">{row.organizations.name}</Link>}
        </Fact>
        <Fact name={t('org.email')}>{row.email !== null && <a href={`mailto:${row.email}`} className="inline-flex min-h-6 items-center hover:underline">{row.email}</a>}</Fact>
        <Fact name={t('org.language')}>
          <Changed value={row.preferred_language}>
            {canEdit ? (
              <InlineField
                name={t('org.language')} label={label(t('org.language'), language ?? t('org.unknown'))} value={row.preferred_language ?? ''} hint={hint}
                options={[{ value: '', label: t('org.unknown') }, ...languages.map((value) => ({ value, label: t(`language.${value}`) }))]}
                onSave={(value) => save(row, 'preferred_language', languages.find((one) => one === value) ?? null, t('org.language'))}
              >
                {shown}
              </InlineField>
            ) : shown}
          </Changed>
        </Fact>
        <Fact name={t('org.marketing')}>
          <Changed value={String(row.consent_marketing)}>
            {canEdit ? (
              <InlineField
                name={t('org.marketing')} label={label(t('org.marketing'), marketing)} value={row.consent_marketing ? 'yes' : 'no'} hint={hint}
                options={[{ value: 'yes', label: t('org.marketing_yes') }, { value: 'no', label: t('org.marketing_no') }]}
                onSave={(value) => save(row, 'consent_marketing', value === 'yes', t('org.marketing'))}
              >
                {marketing}
              </InlineField>
            ) : marketing}
          </Changed>
        </Fact>
        <Fact name={t('org.place')}>{nodeById(nodes ?? []).get(row.territory_id)?.name}</Fact>
        <Fact name={t('org.since')}>{dayOf(new Date(row.created_at), now)}</Fact>
      </dl>
    </>
  );
}

export function ContactScreen({ id, user }: { id: string; user: SessionUser }) {
  const record = useQuery(contactQuery(id));
  const staff = useQuery(peopleQuery).data;
  const people = useMemo(() => personById(staff ?? []), [staff]);
  useLiveRecords();
  const row = record.data;
  useTitle(row?.full_name ?? t('org.contacts'));
  if (!row) return <NoRecord kind="contacts" state={record} />;
  const canEdit = user.role !== 'viewer';
  const phone = row.contact_phones.find((one) => one.is_primary)?.number;
  const look = `${buttonClass()} max-md:h-11`;
  return (
    <RecordFrame
      kind="contacts" name={row.full_name}
      actions={
        <span className="flex gap-1.5">
          {phone !== undefined && <a href={`tel:${phone}`} className={look}><Phone aria-hidden="true" />{t('org.phone')}</a>}
          {row.email !== null && <a href={`mailto:${row.email}`} className={look}><Mail aria-hidden="true" />{t('org.email')}</a>}
        </span>
      }
      facts={<><Facts row={row} canEdit={canEdit} /><ContactPhones contact={row} canEdit={canEdit} /></>}
    >
      <Leads column="contact_id" id={id} people={people} />
      <Deals column="contact_id" id={id} people={people} />
    </RecordFrame>
  );
}
