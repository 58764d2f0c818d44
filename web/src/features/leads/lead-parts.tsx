// Small parts that rows, cards and the lead page share.
import { type LeadRow, type PersonRow, type TerritoryNode, worthOf } from '../../api/rows';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-leads';
import { listMoney, symbolOf } from '../../lib/money';
import { Avatar, Nobody } from '../../ui/avatar';
import { StatusDial } from '../../ui/status-dial';
import { useNow } from '../../ui/use-now';
import { firstContact } from './model';

export interface Names {
  people: Map<string, PersonRow>;
  nodes: Map<number, TerritoryNode>;
}

export const placeName = (row: LeadRow, names: Names): string =>
  names.nodes.get(row.territory_id)?.name ?? row.country;

export function StatusWord({ row }: { row: Pick<LeadRow, 'status'> }) {
  return (
    <span className="inline-flex items-center gap-1.5 align-middle whitespace-nowrap">
      <StatusDial status={row.status} />
      {statusName(row.status)}
    </span>
  );
}

export function OwnerFace({ row, names, size = 's' }: { row: LeadRow; names: Names; size?: 's' | 'm' }) {
  if (row.owner_id === null) return <Nobody label={t('app.nobody')} />;
  const person = names.people.get(row.owner_id);
  return <Avatar id={row.owner_id} name={person?.full_name ?? t('app.somebody')} size={size} />;
}

export function Value({ row }: { row: LeadRow }) {
  const worth = worthOf(row);
  if (!worth) return <span className="text-ink-3">–</span>;
  return (
    <>
      <span className="text-ink-3">{symbolOf(worth.currency)}</span>
      {listMoney(worth.amount)}
    </>
  );
}

const inks = { late: 'text-bad', soon: 'text-warn', due: 'text-ink-2' };

export function FirstContact({ row }: { row: LeadRow }) {
  const due = firstContact(row, useNow());
  if (due === null) return <span className="text-ink-3">–</span>;
  if (due.state === 'done') return <span className="text-ink-3">{t('leads.done')}</span>;
  return (
    <span className={inks[due.state]}>
      {due.state === 'late' ? t('leads.late', { span: due.text }) : t('leads.in', { span: due.text })}
    </span>
  );
}
