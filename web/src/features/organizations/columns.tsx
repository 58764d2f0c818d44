// The columns of the two lists, and the card that a phone shows of a row.
import { Link } from '@tanstack/react-router';

import type { TerritoryNode } from '../../api/rows';
import { countryOf } from '../../lib/domain';
import { t, typeName } from '../../lib/en-organizations';
import { ago } from '../../lib/time';
import type { RecordColumn } from '../../ui/record-table';
import { Dollars, Place } from './parts';
import type { ContactLine, OrganizationLine } from './queries';

type Nodes = Map<number, TerritoryNode>;
const link = 'font-medium hover:underline';
const right = 'text-right';

const Counted = ({ all, open }: { all: number; open: number }) => (
  <span className="tabular">{all === 0 ? <span className="text-ink-3">–</span> : all}{open > 0 && <span className="text-ink-3"> · {t('org.open_leads', { n: open })}</span>}</span>
);

export const organizationColumns = (nodes: Nodes, now: Date): RecordColumn<OrganizationLine>[] => [
  { id: 'name', head: t('org.name'), cell: (row) => <Link to="/organizations/$id" params={{ id: row.id }} className={link}>{row.name}</Link> },
  { id: 'type', head: t('org.type'), width: 116, className: 'max-lg:hidden', cell: (row) => <span className="text-ink-2">{typeName(row.business_type)}</span> },
  { id: 'place', head: t('org.place'), width: 168, cell: (row) => <Place id={row.territory_id} nodes={nodes} /> },
  { id: 'people', head: t('org.people'), width: 82, className: `${right} max-lg:hidden`, cell: (row) => <span className="tabular">{row.contacts}</span> },
  { id: 'leads', head: t('org.leads'), width: 104, className: right, cell: (row) => <Counted all={row.leads} open={row.open_leads} /> },
  { id: 'open', head: t('org.open_deals'), width: 128, className: right, cell: (row) => <Dollars amount={row.open_usd} /> },
  { id: 'won', head: t('org.won'), width: 96, className: `${right} max-lg:hidden`, cell: (row) => <Dollars amount={row.won_usd} /> },
  {
    id: 'last', head: t('org.last'), width: 104, className: `${right} max-xl:hidden`,
    cell: (row) => <span className="text-ink-3">{row.last_activity_at === null ? '–' : ago(new Date(row.last_activity_at), now)}</span>,
  },
];

export const contactColumns = (nodes: Nodes, now: Date): RecordColumn<ContactLine>[] => [
  { id: 'name', head: t('org.person'), cell: (row) => <Link to="/contacts/$id" params={{ id: row.id }} className={link}>{row.full_name}</Link> },
  {
    id: 'of', head: t('org.of'), width: 220,
    cell: (row) => row.organization_id !== null && row.organization !== null
      && <Link to="/organizations/$id" params={{ id: row.organization_id }} className="hover:underline" onClick={(event) => event.stopPropagation()}>{row.organization}</Link>,
  },
  { id: 'place', head: t('org.place'), width: 168, className: 'max-lg:hidden', cell: (row) => <Place id={row.territory_id} nodes={nodes} /> },
  { id: 'phone', head: t('org.phone'), width: 140, cell: (row) => <span className="tabular text-ink-2">{row.phone ?? '–'}</span> },
  { id: 'email', head: t('org.email'), width: 230, className: 'max-xl:hidden', cell: (row) => <span className="text-ink-2">{row.email ?? '–'}</span> },
  { id: 'leads', head: t('org.leads'), width: 104, className: right, cell: (row) => <Counted all={row.leads} open={row.open_leads} /> },
  { id: 'since', head: t('org.since'), width: 90, className: `${right} max-lg:hidden`, cell: (row) => <span className="text-ink-3">{ago(new Date(row.created_at), now)}</span> },
];

const cardLook = 'grid h-full grid-cols-[minmax(0,1fr)_auto] content-center gap-x-3 px-4 leading-5';

export function OrganizationCard({ row, nodes }: { row: OrganizationLine; nodes: Nodes }) {
  return (
    <Link to="/organizations/$id" params={{ id: row.id }} className={cardLook}>
      <span className="truncate font-medium">{row.name}</span>
      <span className="text-right"><Dollars amount={row.open_usd} /></span>
      <span className="truncate text-13 text-ink-3">{nodes.get(row.territory_id)?.name}, {countryOf(row.country).name}</span>
      <span className="text-13"><Counted all={row.leads} open={row.open_leads} /></span>
    </Link>
  );
}

export function ContactCard({ row }: { row: ContactLine }) {
  return (
    <Link to="/contacts/$id" params={{ id: row.id }} className={cardLook}>
      <span className="truncate font-medium">{row.full_name}</span>
      <span className="tabular text-13 text-ink-2">{row.phone}</span>
      <span className="truncate text-13 text-ink-3">{row.organization}</span>
      <span className="text-right text-13"><Counted all={row.leads} open={row.open_leads} /></span>
    </Link>
  );
}
