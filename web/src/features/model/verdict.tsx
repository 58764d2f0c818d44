// The verdict in one sentence, the evidence beside it, and the gate itself: what failed is the only red.
import { Check, Minus, X } from 'lucide-react';

import { t } from '../../lib/en-model';
import { dayOf, exact } from '../../lib/time';
import { locale } from '../../lib/language';
import { useNow } from '../../ui/use-now';
import { gateOf, nameOf, needs } from './model';
import type { Models, Version } from './queries';

const marks = {
  passed: <Check aria-hidden="true" className="size-3.5 stroke-2 text-good" />,
  failed: <X aria-hidden="true" className="size-3.5 stroke-2 text-bad" />,
  open: <Minus aria-hidden="true" className="size-3.5 stroke-[1.5] text-ink-off" />,
};

function Gate({ version }: { version: Version }) {
  return (
    <table className="w-full">
      <caption className="sr-only">{t('gate.title')}</caption>
      <thead>
        <tr className="text-12 text-ink-3">
          <th scope="col" colSpan={2} className="h-7 text-left font-normal">{t('gate.title')}</th>
          <th scope="col" className="text-right font-normal">{t('gate.now')}</th>
          <th scope="col" className="text-right font-normal">{t('gate.needs')}</th>
        </tr>
      </thead>
      <tbody>
        {gateOf(version).map(({ key, now, needs: wanted, passed }) => {
          const state = passed === null ? 'open' : passed ? 'passed' : 'failed';
          return (
            <tr key={key} data-gate={key} data-state={state} className={`border-t border-line ${state === 'failed' ? 'text-bad' : ''}`}>
              <td className="h-[26px] w-6">{marks[state]}<span className="sr-only">{t(`gate.${state}`)}</span></td>
              <th scope="row" className={`text-left ${state === 'failed' ? 'font-semibold' : 'font-normal text-ink-2'}`}>
                {t(key === 'sure' && version.report.first !== false ? 'gate.sure_first' : `gate.${key}`)}
              </th>
              <td className="tabular text-right font-semibold whitespace-nowrap">{now}</td>
              <td className="tabular pl-3 text-right whitespace-nowrap text-ink-3">{wanted}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 truncate">{children}</dd>
    </>
  );
}

function Facts({ version }: { version: Version }) {
  const now = useNow();
  const { report } = version;
  const day = (at: string | null): string => (at === null ? '–' : dayOf(new Date(at), now));
  const soft = (text: string) => <span className="text-ink-3">{text}</span>;
  return (
    <dl aria-label={t('model.facts')} className="grid grid-cols-[auto_minmax(0,1fr)] content-start gap-x-4 gap-y-1.5">
      {version.stage && <Fact name={t('model.fact_kind')}>{t(`model.stage_${version.stage}`)}</Fact>}
      <Fact name={t('model.fact_leads')}>{version.leads.toLocaleString(locale())}</Fact>
      {version.leads > 0 && (
        <Fact name={t('model.fact_won')}>
          {version.won.toLocaleString(locale())} {soft(`${((100 * version.won) / version.leads).toFixed(1)}%`)}
        </Fact>
      )}
      <Fact name={t('model.fact_span')}>{day(version.leads_from)} – {day(version.leads_to)}</Fact>
      {report.auc !== undefined && (
        <Fact name={t('model.fact_auc')}>
          <b className="font-semibold">{report.auc.toFixed(3)}</b>{' '}
          {report.rule_auc !== undefined && soft(t('model.auc_rules', { auc: report.rule_auc.toFixed(3) }))}
        </Fact>
      )}
      {report.log_loss !== undefined && (
        <Fact name={t('model.fact_loss')}>
          <b className="font-semibold">{report.log_loss.toFixed(3)}</b>{' '}
          {report.base_log_loss !== undefined && report.base_log_loss > 0 && soft(t('model.loss_base', { loss: report.base_log_loss.toFixed(3) }))}
        </Fact>
      )}
      {report.brier !== undefined && <Fact name={t('model.fact_brier')}>{report.brier.toFixed(3)}</Fact>}
      <Fact name={t('model.fact_seed')}>{String(version.seed)}</Fact>
      {version.sha256 && <Fact name={t('model.fact_hash')}><span title={version.sha256} className="tabular">{version.sha256.slice(0, 16)}…</span></Fact>}
    </dl>
  );
}

interface VerdictProps {
  models: Models;
  version: Version | null;
  people: Map<string, { full_name: string }>;
}

export function Verdict({ models, version, people }: VerdictProps) {
  const now = useNow();
  const { leads, won } = models.closed;
  const lost = leads - won;
  const ready = leads >= needs.leads && won >= needs.each && lost >= needs.each;
  const anyServes = models.models.some(({ status }) => status === 'champion');
  if (!version || (!anyServes && !ready)) {
    return (
      <section className="border-b border-line px-4 py-5">
        <h2 className="text-26 font-semibold tracking-[-0.025em]">{t(ready ? 'model.verdict_none' : 'model.verdict_few')}</h2>
        <p className="mt-1.5 max-w-[64ch] text-ink-2">
          {ready ? t('model.ready', { leads, won, lost }) : t('model.few', { leads, won, lost, need: needs.leads, each: needs.each })}{' '}
          {t('model.rules_meanwhile')}
        </p>
      </section>
    );
  }
  const { status, promoted_at: since, promoted_by: by } = version;
  const serves = status === 'champion';
  const title = serves ? 'model.verdict_serves' : `model.verdict_${status}` as const;
  const who = by === null ? t('model.by_gate') : t('model.by_person', { name: people.get(by)?.full_name ?? t('app.somebody') });
  return (
    <section aria-labelledby="verdict-title" className="grid border-b border-line lg:grid-cols-2 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_380px]">
      <div className="px-4 py-4">
        <p className={serves ? 'font-medium text-good' : 'font-medium text-warn'}>
          {since === null ? t('model.not_in_force') : (
            <time dateTime={since} title={exact(new Date(since))}>
              {t(serves ? 'model.in_force' : 'model.served', { at: dayOf(new Date(since), now) })}
            </time>
          )}
          {since !== null && <span className="font-normal text-ink-3">, {who}</span>}
        </p>
        <h2 id="verdict-title" className="mt-1 text-26 font-semibold tracking-[-0.025em]">{t(title)}</h2>
        <p className="mt-1.5 max-w-[52ch] text-ink-2">
          {nameOf(version)}: {version.reason}.{' '}
          {!anyServes && t('model.rules_meanwhile')}
        </p>
        {(version.report.alarms ?? []).map(({ field, sentence, refuses }) => (
          <p key={field + sentence} className={`mt-1.5 max-w-[60ch] text-12 ${refuses ? 'text-bad' : 'text-ink-3'}`}>{sentence}</p>
        ))}
      </div>
      <div className="border-line px-4 py-4 max-lg:border-t lg:border-l"><Facts version={version} /></div>
      <div className="border-line px-4 py-2 max-xl:col-span-full max-xl:border-t xl:border-l"><Gate version={version} /></div>
    </section>
  );
}
