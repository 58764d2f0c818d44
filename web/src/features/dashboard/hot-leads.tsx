// The hot leads that are open: late ones first, then by when the first contact is due.
import { Link } from '@tanstack/react-router';

import { type LeadRow, type PersonRow, worthOf } from '../../api/rows';
import { openStatuses } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { count, t } from '../../lib/en-dash';
import { listMoney, symbolOf } from '../../lib/money';
import { spanText } from '../../lib/time';
import { Avatar, Nobody } from '../../ui/avatar';
import { useNow } from '../../ui/use-now';
import { hotLimit } from './queries';
import { Widget } from './widget';

const shown = 10;

/** When the first contact is due; what is done comes last. */
const urgency = (row: LeadRow): number =>
  row.first_response_at === null && row.first_response_due_at !== null
    ? Date.parse(row.first_response_due_at)
    : Number.MAX_SAFE_INTEGER;

const byUrgency = (rows: readonly LeadRow[]): LeadRow[] =>
  [...rows].sort((a, b) => urgency(a) - urgency(b) || (b.lead_score ?? 0) - (a.lead_score ?? 0));

function Due({ row, now }: { row: LeadRow; now: Date }) {
  if (row.first_response_at !== null) return <span className="text-ink-3">{statusName(row.status)}</span>;
  if (row.first_response_due_at === null) return null;
  const minutes = (Date.parse(row.first_response_due_at) - now.getTime()) / 60_000;
  if (minutes < 0) return <span className="text-bad">{t('leads.late', { span: spanText(-minutes) })}</span>;
  return <span className={minutes < 120 ? 'text-warn' : 'text-ink-2'}>{spanText(minutes)}</span>;
}

interface HotLeadsProps {
  rows: LeadRow[];
  total: number;
  people: Map<string, PersonRow>;
  territory: number | undefined;
}

export function HotLeads({ rows, total, people, territory }: HotLeadsProps) {
  const now = useNow();
  const late = rows.filter((row) => urgency(row) < now.getTime()).length;
  const title = total === 0 ? t('dash.hot_none')
    : late > 0 && total <= hotLimit ? count('dash.hot_late', total, { late: String(late) })
    : count('dash.hot', total);
  return (
    <Widget
      id="hot" title={title} sub={rows.some((row) => urgency(row) < Number.MAX_SAFE_INTEGER) ? t('dash.hot_sub') : undefined}
      action={total > shown && (
        <Link to="/leads" search={{ status: [...openStatuses], band: ['hot'], territory }} className="text-12 font-medium text-sea">
          {t('dash.all')}
        </Link>
      )}
    >
      <ul className="mt-1.5 min-h-0 overflow-auto max-md:[&>li:nth-child(n+6)]:hidden">
        {byUrgency(rows).slice(0, shown).map((row) => {
          const worth = worthOf(row);
          const owner = row.owner_id === null ? undefined : people.get(row.owner_id);
          return (
            <li key={row.id} className="border-b border-line last:border-b-0">
              <Link to="/leads/$id" params={{ id: row.id }} className="flex h-[33px] items-center gap-2.5 hover:bg-hover max-md:h-12">
                <span className="tabular w-5 font-semibold text-hot-ink">{row.lead_score}</span>
                <span className="min-w-0 flex-1 truncate">{row.business_name}</span>
                {worth && (
                  <span className="tabular max-md:hidden"><span className="text-ink-3">{symbolOf(worth.currency)}</span>{listMoney(worth.amount)}</span>
                )}
                {row.owner_id === null
                  ? <Nobody label={t('app.nobody')} />
                  : <Avatar id={row.owner_id} name={owner?.full_name ?? t('app.somebody')} size="s" />}
                <span className="w-[84px] text-right text-12 whitespace-nowrap"><Due row={row} now={now} /></span>
              </Link>
            </li>
          );
        })}
      </ul>
    </Widget>
  );
}
