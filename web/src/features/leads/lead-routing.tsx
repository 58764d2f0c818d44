// Why this place and this person: the rule, everybody who was looked at, and the figures.
import type { AssignmentRow, Candidate, LeadDetail } from '../../api/rows';
import { lookup, t } from '../../lib/en-leads';
import { Avatar } from '../../ui/avatar';
import { type Names, placeName } from './lead-parts';

const th = 'text-right font-normal text-ink-3';
const td = 'tabular h-6 border-t border-line text-right';
const share = (value: number): string => `${Math.round(value * 100)}%`;

function CandidateLine({ one, chosen, names }: { one: Candidate; chosen: boolean; names: Names }) {
  const id = one.profile_id ?? '';
  const name = one.name ?? names.people.get(id)?.full_name ?? t('app.somebody');
  const out = one.eligible === false || Boolean(one.excluded);
  return (
    <tr className={chosen ? 'font-medium' : out ? 'text-ink-3' : ''}>
      <th scope="row" className={`h-6 border-t border-line text-left ${chosen ? 'font-medium' : 'font-normal'}`}>
        <span className="flex items-center gap-1.5"><Avatar id={id} name={name} size="s" />{name}</span>
      </th>
      {out ? (
        <td colSpan={4} className={td}>{lookup('excluded', one.excluded ?? 'not_eligible')}</td>
      ) : (
        <>
          <td className={td}>{one.open !== undefined && one.capacity !== undefined ? t('routing.of', { n: one.open, all: one.capacity }) : '–'}</td>
          <td className={td}>{one.ratio?.toFixed(2) ?? '–'}</td>
          <td className={td}>{one.bucket ?? '–'}</td>
          <td className={td}>{one.conversion === undefined ? '–' : share(one.conversion)}</td>
        </>
      )}
    </tr>
  );
}

interface LeadRoutingProps {
  assignment: AssignmentRow;
  lead: LeadDetail;
  names: Names;
}

export function LeadRouting({ assignment, lead, names }: LeadRoutingProps) {
  const { candidates, rule_priority: rule, rule_kind: kind, confidence } = assignment;
  const title = rule === null
    ? t('routing.by_hand')
    : t('routing.rule', { n: rule, kind: lookup('rule', kind ?? '') });
  return (
    <div className="mt-1.5 rounded-m border border-line bg-sunken px-3 pt-2 pb-[9px]" aria-label={t('routing.why')} role="group">
      <p className="font-medium">
        {title}{assignment.strategy && `, ${lookup('strategy', assignment.strategy)}`}
      </p>
      {candidates.length > 0 && (
        <div className="overflow-x-auto" tabIndex={0}>
          <table className="my-1 w-full min-w-[400px] text-12">
            <thead>
              <tr>
                <td />
                <th scope="col" className={th}>{t('routing.open')}</th>
                <th scope="col" className={th}>{t('routing.load')}</th>
                <th scope="col" className={th}>{t('routing.bucket')}</th>
                <th scope="col" className={th}>{t('routing.won')}</th>
              </tr>
            </thead>
            <tbody>
              {candidates.map((one, i) => (
                <CandidateLine key={one.profile_id ?? i} one={one} names={names} chosen={one.profile_id !== undefined && one.profile_id === assignment.profile_id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="text-12 leading-[17px] text-ink-2">
        {assignment.reason}{' '}
        {lead.territory_source && lead.territory_confidence !== null && t('routing.placed', {
          territory: placeName(lead, names), source: lookup('source', lead.territory_source),
          value: lead.territory_confidence.toFixed(1),
        })}{' '}
        {confidence !== null && t('routing.fit', { value: confidence.toFixed(2) })}
      </p>
    </div>
  );
}
