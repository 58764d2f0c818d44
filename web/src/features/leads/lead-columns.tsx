// The columns of the table: figures right, names left.
import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { Link } from '@tanstack/react-router';

import { type LeadRow, worthOf } from '../../api/rows';
import { range } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-leads';
import { Changed } from '../../ui/changed';
import { Time } from '../../ui/time';
import { FirstContact, type Names, OwnerFace, placeName, StatusWord, Value } from './lead-parts';
import { ScoreCell } from './score-cell';

export const features = tableFeatures({});
const column = createColumnHelper<typeof features, LeadRow>();

/** Width and look by column; a narrow window drops the ones that matter least. */
export const looks: Record<string, { width?: number; className: string }> = {
  score: { width: 118, className: 'pl-4!' },
  business: { className: '' },
  contact: { width: 146, className: 'text-ink-2 max-2xl:hidden' },
  territory: { width: 146, className: '' },
  status: { width: 116, className: '' },
  interest: { width: 68, className: 'text-right max-lg:hidden' },
  revenue: { width: 106, className: 'text-right text-ink-2 max-xl:hidden' },
  value: { width: 110, className: 'text-right max-lg:hidden' },
  owner: { width: 58, className: '' },
  first_contact: { width: 112, className: '' },
  created: { width: 92, className: 'text-right text-ink-3 pr-4!' },
};

export const columnsFor = (names: Names) =>
  column.columns([
    column.accessor('lead_score', {
      id: 'score', header: t('leads.score'),
      cell: ({ row }) => <Changed value={row.original.lead_score}><ScoreCell row={row.original} /></Changed>,
    }),
    column.accessor('business_name', {
      id: 'business', header: t('leads.business'),
      cell: ({ row }) => (
        <Changed value={row.original.business_name} className="truncate">
          <Link
            to="/leads/$id" params={{ id: row.original.id }} tabIndex={-1} className="font-medium hover:underline"
            onClick={(event) => event.stopPropagation()}
          >
            {row.original.business_name}
          </Link>
        </Changed>
      ),
    }),
    column.accessor('owner_name', { id: 'contact', header: t('leads.contact') }),
    column.accessor('territory_id', {
      id: 'territory', header: t('leads.territory'),
      cell: ({ row }) => (
        <Changed value={row.original.territory_id} className="truncate">
          <span className="inline-block w-[26px] text-ink-3">{row.original.country}</span>
          <span className="text-ink-2">{placeName(row.original, names)}</span>
        </Changed>
      ),
    }),
    column.accessor('status', {
      id: 'status', header: t('leads.status'),
      cell: ({ row }) => (
        <Changed value={statusName(row.original.status)}><StatusWord row={row.original} /></Changed>
      ),
    }),
    column.accessor('interest_level', {
      id: 'interest', header: t('leads.interest'),
      cell: ({ row }) => <Changed value={row.original.interest_level}>{row.original.interest_level}</Changed>,
    }),
    column.accessor('monthly_revenue_band', {
      id: 'revenue', header: t('leads.revenue'),
      cell: ({ getValue }) => {
        const band = getValue();
        return band === null ? '–' : range(band);
      },
    }),
    column.accessor('stated_value', {
      id: 'value', header: t('leads.value'),
      cell: ({ row }) => <Changed value={worthOf(row.original)?.amount ?? null}><Value row={row.original} /></Changed>,
    }),
    column.accessor('owner_id', {
      id: 'owner', header: t('leads.owner'),
      cell: ({ row }) => <Changed value={row.original.owner_id}><OwnerFace row={row.original} names={names} /></Changed>,
    }),
    column.accessor('first_response_due_at', {
      id: 'first_contact', header: t('leads.first_contact'),
      cell: ({ row }) => (
        <Changed value={row.original.first_response_at}><FirstContact row={row.original} /></Changed>
      ),
    }),
    column.accessor('created_at', {
      id: 'created', header: t('leads.created'), cell: ({ getValue }) => <Time at={getValue()} />,
    }),
  ]);
