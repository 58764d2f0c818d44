// Everything about one organisation: what is known of it, its leads and deals, and its people.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';

import { nodeById, peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { keys } from '../../api/keys';
import { organizationColumns, type OrganizationRow } from '../../api/rows';
import type { SessionUser } from '../../api/session';
import { businessTypes, countryOf } from '../../lib/domain';
import { t, typeName } from '../../lib/en-organizations';
import { ago, dayOf } from '../../lib/time';
import { Changed } from '../../ui/changed';
import { InlineField } from '../../ui/inline-field';
import { useNow } from '../../ui/use-now';
import { useTitle } from '../../ui/use-title';
import { Deals, Leads } from './belonging';
import { useSaveField } from './mutations';
import { Dollars, Fact } from './parts';
import { type Figures, figuresQuery, organizationQuery, peopleOfQuery } from './queries';
import { NoRecord, RecordFrame } from './record-frame';
import { useLiveRecords } from './use-live';

function Numbers({ figures, now }: { figures: Figures; now: Date }) {
  const cells = [
    [t('org.leads'), figures.leads === 0 ? '–' : figures.open_leads === 0 ? String(figures.leads) : `${figures.leads} · ${t('org.open_leads', { n: figures.open_leads })}`],
    [t('org.open_deals'), <Dollars key="open" amount={figures.open_usd} />],
    [t('org.won'), <Dollars key="won" amount={figures.won_usd} />],
    [t('org.last'), figures.last_activity_at === null ? '–' : ago(new Date(figures.last_activity_at), now)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 border-t border-line">
      {cells.map(([name, value]) => (
        <div key={name} className="border-line px-5 py-2 not-nth-[n+3]:border-b odd:border-r">
          <dt className="text-12 text-ink-3">{name}</dt>
          <dd className="tabular text-15 font-semibold"><Changed value={typeof value === 'string' ? value : JSON.stringify(value.props)}>{value}</Changed></dd>
        </div>
      ))}
    </dl>
  );
}

function Facts({ row, canEdit }: { row: OrganizationRow; canEdit: boolean }) {
  const now = useNow();
  const nodes = useQuery(territoriesQuery).data;
  const place = nodeById(nodes ?? []).get(row.territory_id)?.name;
  const save = useSaveField<OrganizationRow>('organizations', keys.organization(row.id), organizationColumns);
  const field = (name: string, column: 'name' | 'website' | 'business_type', shown: string | null, options?: readonly { value: string; label: string }[]) => {
    const words = shown ?? <span className="text-ink-3">{t('org.unknown')}</span>;
    if (!canEdit) return words;
    return (
      <InlineField
        name={name} label={t('org.edit', { field: name, value: shown ?? t('org.unknown') })} value={row[column] ?? ''} hint={t('org.hint')}
        maxLength={column === 'name' ? 120 : 254} {...(options && { options })}
        onSave={(value) => (column === 'name' && (value.length < 2 || value.length > 120)
          ? Promise.resolve(t('org.too_short')) : save(row, column, value === '' ? null : value, name))}
      >
        {words}
      </InlineField>
    );
  };
  const types = businessTypes.map((value) => ({ value, label: typeName(value) }));
  return (
    <>
      <Changed value={row.name} className="px-5 pt-3.5 pb-3"><h1 className="text-24">{field(t('org.name'), 'name', row.name)}</h1></Changed>
      <dl className="border-t border-line px-5 py-2.5">
        <Fact name={t('org.type')}>
          <Changed value={row.business_type}>
            {field(t('org.type'), 'business_type', row.business_type && typeName(row.business_type), row.business_type === null ? [{ value: '', label: t('org.unknown') }, ...types] : types)}
          </Changed>
        </Fact>
        <Fact name={t('org.website')}><Changed value={row.website}>{field(t('org.website'), 'website', row.website)}</Changed></Fact>
        <Fact name={t('org.place')}>{place !== undefined && place !== countryOf(row.country).name && `${place}, `}{countryOf(row.country).name}</Fact>
        <Fact name={t('org.since')}>{dayOf(new Date(row.created_at), now)}</Fact>
      </dl>
    </>
  );
}

function People({ id }: { id: string }) {
  const people = useQuery(peopleOfQuery(id)).data;
  return (
    <section aria-labelledby="org-people">
      <h2 id="org-people" className="flex gap-2 px-5 pt-3 pb-1.5">{t('org.people')}<span className="tabular font-normal text-ink-3">{people?.length}</span></h2>
      {people?.length === 0 && <p className="px-5 text-ink-3">{t('org.no_people')}</p>}
      <ul>
        {people?.map((person) => {
          const phone = person.contact_phones.find((one) => one.is_primary) ?? person.contact_phones[0];
          return (
            <li key={person.id} className="border-t border-line px-5 py-2 first:border-t-0">
              <Link to="/contacts/$id" params={{ id: person.id }} className="inline-flex min-h-6 items-center font-medium hover:underline">{person.full_name}</Link>
              <p className="flex flex-wrap gap-x-3 text-ink-2">
                {phone && <a href={`tel:${phone.number}`} className="tabular inline-flex min-h-6 items-center hover:underline">{phone.number}</a>}
                {person.email !== null && <a href={`mailto:${person.email}`} className="inline-flex min-h-6 items-center truncate hover:underline">{person.email}</a>}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function OrganizationScreen({ id, user }: { id: string; user: SessionUser }) {
  const now = useNow();
  const record = useQuery(organizationQuery(id));
  const figures = useQuery(figuresQuery(id)).data;
  const staff = useQuery(peopleQuery).data;
  const people = useMemo(() => personById(staff ?? []), [staff]);
  useLiveRecords();
  const row = record.data;
  useTitle(row?.name ?? t('org.title'));
  if (!row) return <NoRecord kind="organizations" state={record} />;
  // A rep corrects what he owns a lead of; the server decides.
  const canEdit = user.role !== 'viewer';
  return (
    <RecordFrame
      kind="organizations" name={row.name} aside={<People id={id} />}
      facts={<><Facts row={row} canEdit={canEdit} />{figures && <Numbers figures={figures} now={now} />}</>}
    >
      <Leads column="organization_id" id={id} people={people} total={figures?.leads} />
      <Deals column="organization_id" id={id} people={people} />
    </RecordFrame>
  );
}
