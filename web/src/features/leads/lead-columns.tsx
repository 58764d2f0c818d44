// The columns of the table: figures right, names left.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { type LeadRow, worthOf } from '../../api/rows';
import { range } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-lead-list';
import { typeName } from '../../lib/en-leads';
import { Changed } from '../../ui/changed';
import { Time } from '../../ui/time';
import type { ColumnId } from './columns-model';
import { FirstContact, type Names, OwnerFace, placeName, StatusWord, Value } from './lead-parts';
import { ScoreCell } from './score-cell';

export interface LeadColumn {
  id: ColumnId;
  header: string;
  /** Pixels; what has none takes the rest. A narrow window drops the columns that matter least. */
  width?: number;
  className: string;
  cell: (row: LeadRow, names: Names) => ReactNode;
}

export const leadColumns: readonly LeadColumn[] = [
  {
    id: 'score', header: t('leads.score'), width: 118, className: 'pl-4!',
    cell: (row) => <Changed value={row.lead_score}><ScoreCell row={row} /></Changed>,
  },
  {
    id: 'business', header: t('leads.business'), className: '',
    cell: (row) => (
      <Changed value={row.business_name} className="truncate">
        <Link
          to="/leads/$id" params={{ id: row.id }} tabIndex={-1} className="font-medium hover:underline"
          onClick={(event) => event.stopPropagation()}
        >
          {row.business_name}
        </Link>
      </Changed>
    ),
  },
  { id: 'contact', header: t('leads.contact'), width: 146, className: 'text-ink-2 max-2xl:hidden', cell: (row) => row.owner_name },
  {
    id: 'territory', header: t('leads.territory'), width: 146, className: '',
    cell: (row, names) => (
      <Changed value={row.territory_id} className="truncate">
        <span className="inline-block w-[26px] text-ink-3">{row.country}</span>
        <span className="text-ink-2">{placeName(row, names)}</span>
      </Changed>
    ),
  },
  {
    id: 'status', header: t('leads.status'), width: 116, className: '',
    cell: (row) => <Changed value={statusName(row.status)}><StatusWord row={row} /></Changed>,
  },
  {
    id: 'interest', header: t('leads.interest'), width: 68, className: 'text-right max-lg:hidden',
    cell: (row) => <Changed value={row.interest_level}>{row.interest_level}</Changed>,
  },
  {
    id: 'revenue', header: t('leads.revenue'), width: 106, className: 'text-right text-ink-2 max-xl:hidden',
    cell: ({ monthly_revenue_band: band }) => (band === null ? '–' : range(band)),
  },
  {
    id: 'value', header: t('leads.value'), width: 110, className: 'text-right max-lg:hidden',
    cell: (row) => <Changed value={worthOf(row)?.amount ?? null}><Value row={row} /></Changed>,
  },
  {
    id: 'owner', header: t('leads.owner'), width: 58, className: '',
    cell: (row, names) => <Changed value={row.owner_id}><OwnerFace row={row} names={names} /></Changed>,
  },
  {
    id: 'first_contact', header: t('leads.first_contact'), width: 112, className: '',
    cell: (row) => <Changed value={row.first_response_at}><FirstContact row={row} /></Changed>,
  },
  {
    id: 'created', header: t('leads.created'), width: 92, className: 'text-right text-ink-3 pr-4!',
    cell: (row) => <Time at={row.created_at} />,
  },
  { id: 'type', header: t('leads.type'), width: 110, className: 'text-ink-2', cell: (row) => typeName(row.business_type) },
  { id: 'email', header: t('leads.email'), width: 190, className: 'text-ink-2', cell: (row) => row.email ?? '–' },
  { id: 'phone', header: t('leads.phone'), width: 128, className: 'tabular text-ink-2', cell: (row) => row.phone ?? '–' },
  {
    id: 'tags', header: t('leads.tags'), width: 150, className: '',
    cell: (row) => (
      <Changed value={row.tags.join()} className="truncate">
        {row.tags.map((tag) => <span key={tag} className="mr-1 rounded-s border border-line px-1 text-12 text-ink-2">{tag}</span>)}
      </Changed>
    ),
  },
  {
    id: 'active', header: t('leads.active'), width: 92, className: 'text-right text-ink-3',
    cell: (row) => (row.last_activity_at === null ? '–' : <Time at={row.last_activity_at} />),
  },
  { id: 'reference', header: t('leads.reference'), width: 104, className: 'tabular text-ink-3', cell: (row) => row.reference },
];

const [first] = leadColumns as [LeadColumn];
const columnsById = new Map(leadColumns.map((column) => [column.id, column]));

export const columnOf = (id: ColumnId): LeadColumn => columnsById.get(id) ?? first;
