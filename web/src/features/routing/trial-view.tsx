// What the rules would have done with the last leads: the finding as a title, sums, and the leads that go elsewhere.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { count, t } from '../../lib/en-routing';
import { Button } from '../../ui/button';
import { Segments } from '../../ui/segments';
import { Time } from '../../ui/time';
import type { Trial, TriedLead } from './queries';

const th = 'h-7 px-2 text-12 font-medium text-ink-3 first:pl-4 last:pr-4';
const td = 'h-8 border-t border-line px-2 first:pl-4 last:pr-4';

interface Sum {
  key: string;
  name: string;
  before: number;
  after: number;
}

function Sums({ title, rows }: { title: string; rows: readonly Sum[] }) {
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th scope="col" className={`${th} text-left`}>{title}</th>
          <th scope="col" className={`${th} w-20 text-right`}>{t('try.before')}</th>
          <th scope="col" className={`${th} w-24 text-right`}>{t('try.after')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, before, after }) => (
          <tr key={key}>
            <th scope="row" className={`${td} text-left font-normal`}>{name}</th>
            <td className={`${td} tabular text-right text-ink-2`}>{before}</td>
            <td className={`${td} tabular text-right ${before === after ? 'text-ink-2' : 'font-semibold'}`}>
              {before !== after && <span className="mr-1.5 font-normal text-ink-3">{after > before ? `+${after - before}` : `−${before - after}`}</span>}{after}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LeadLine({ lead }: { lead: TriedLead }) {
  const { before, after, changed } = lead;
  const who = (name: string | null) => name ?? t('try.queue');
  return (
    <tr className={changed ? '' : 'text-ink-3'}>
      <th scope="row" className={`${td} text-left font-normal`}>
        <Link to="/leads/$id" params={{ id: lead.id }} className="font-medium text-ink hover:underline">{lead.business_name}</Link>
        <Time at={lead.created_at} as="stamp" className="ml-2 text-12 text-ink-3 max-md:hidden" />
      </th>
      <td className={td}>{who(before.name)} <span className="text-12 text-ink-3">{t('try.numbered', { n: before.rule_priority, name: before.rule_name })}</span></td>
      <td className={td} title={after.reason}>
        <span className={changed ? 'font-semibold' : ''}>{who(after.name)}</span>{' '}
        <span className="text-12 text-ink-3">{t('try.numbered', { n: after.rule_priority, name: after.rule_name })}</span>
      </td>
    </tr>
  );
}

export function TrialView({ trial, onClose }: { trial: Trial; onClose: () => void }) {
  const { totals } = trial;
  const [all, setAll] = useState(totals.changed === 0);
  const leads = all ? trial.leads : trial.leads.filter(({ changed }) => changed);
  const title = totals.leads === 0 ? t('try.empty')
    : totals.changed === 0 ? t('try.title_none', { n: totals.leads }) : count('try.title', totals.changed, { all: String(totals.leads) });
  const queue: Sum = { key: 'queue', name: t('try.queue'), before: totals.queued_before, after: totals.queued_after };
  return (
    <section aria-labelledby="trial-title" className="border-t border-line-strong">
      <div className="flex flex-wrap items-center gap-2 px-4 pt-3 pb-1">
        <h2 id="trial-title" className="text-15">{title}</h2>
        <span className="flex-1" />
        {totals.changed > 0 && (
          <Segments
            label={t('try.lead')} value={all ? 'all' : 'changed'} onChange={(show) => setAll(show === 'all')}
            options={[{ value: 'changed', label: t('try.only_changed') }, { value: 'all', label: t('try.all') }]}
          />
        )}
        <Button look="quiet" onClick={onClose}>{t('try.close')}</Button>
      </div>
      <p className="px-4 pb-2 text-ink-2">
        {t('try.how')} {totals.without_inputs > 0 && count('try.without', totals.without_inputs)}
      </p>
      {totals.leads > 0 && (
        <div className="grid border-t border-line md:grid-cols-2 md:divide-x md:divide-line">
          <div><Sums title={t('try.person')} rows={[...trial.people.map(({ id, ...one }) => ({ key: id, ...one })), queue]} /></div>
          <div><Sums title={t('try.rule')} rows={trial.rules.map((one) => ({ key: `${one.priority}${one.name}`, ...one, name: t('try.numbered', { n: one.priority, name: one.name }) }))} /></div>
        </div>
      )}
      {leads.length > 0 && (
        <div className="overflow-x-auto border-t border-line" tabIndex={0}>
          <table className="w-full min-w-[560px]">
            <thead>
              <tr>
                <th scope="col" className={`${th} text-left`}>{t('try.lead')}</th>
                <th scope="col" className={`${th} text-left`}>{t('try.before')}</th>
                <th scope="col" className={`${th} text-left`}>{t('try.after')}</th>
              </tr>
            </thead>
            <tbody>{leads.map((lead) => <LeadLine key={lead.id} lead={lead} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
