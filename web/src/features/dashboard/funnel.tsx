// Where the leads of the last 90 days stand now, as bars with counts and shares.
import { Link } from '@tanstack/react-router';

import type { Status } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { count, t } from '../../lib/en-dash';
import { locale } from '../../lib/language';
import { StatusDial } from '../../ui/status-dial';
import type { StatusCount } from './queries';
import { ChartWidget } from './chart-widget';

const days = 90;
/** The list shows spam and duplicates, which are no leads here: they are in these two. */
const uncounted: readonly Status[] = ['disqualified', 'archived'];

export function Funnel({ counts, territory }: { counts: StatusCount[]; territory: number | undefined }) {
  const total = counts.reduce((sum, one) => sum + one.leads, 0);
  const widest = Math.max(1, ...counts.map((one) => one.leads));
  const won = counts.find(({ status }) => status === 'converted')?.leads ?? 0;
  // Said only where it is more than a handful.
  const title = won >= 10 ? t('dash.funnel_found', { n: Math.round(total / won) }) : t('dash.funnel');
  return (
    <ChartWidget
      id="funnel" title={title} sub={count('dash.funnel_sub', total)} heads={[t('leads.status'), t('dash.leads'), t('dash.share')]}
      rows={counts.map(({ status, leads }) => [statusName(status), leads, total === 0 ? null : `${Math.round((leads / total) * 100)}%`])}
    >
      <table className="mt-1 h-full w-full">
        <thead>
          <tr className="text-11 text-ink-3">
            <th scope="col" className="w-[112px]"><span className="sr-only">{t('leads.status')}</span></th>
            <th scope="col" className="text-left font-normal">{t('dash.leads')}</th>
            <th scope="col" className="w-12 text-right font-normal">{t('dash.share')}</th>
          </tr>
        </thead>
        <tbody>
          {counts.map(({ status, leads }) => (
            <tr key={status} data-status={status}>
              <th scope="row" className="h-[25px] text-left font-normal text-ink-2">
                <span className="flex items-center gap-1.5"><StatusDial status={status} />{statusName(status)}</span>
              </th>
              <td>
                <span className="flex items-center gap-2">
                  <span
                    aria-hidden="true" className={`h-[18px] min-w-px ${status === 'converted' ? 'bg-sea' : 'bg-d4'}`}
                    style={{ width: `${(leads / widest) * 78}%` }}
                  />
                  {uncounted.includes(status) ? <b className="tabular font-semibold">{leads.toLocaleString(locale())}</b> : (
                    <Link to="/leads" search={{ status: [status], days, territory }} aria-label={`${statusName(status)}: ${leads.toLocaleString(locale())}`} className="inline-flex min-h-6 items-center hover:underline">
                      <b className="tabular font-semibold">{leads.toLocaleString(locale())}</b>
                    </Link>
                  )}
                </span>
              </td>
              <td className="tabular text-right text-ink-3">{total === 0 ? '–' : `${Math.round((leads / total) * 100)}%`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ChartWidget>
  );
}
