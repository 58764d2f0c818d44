// What outside sources say of the lead, beside what people typed: from where, how old, how sure; to take, and to put back.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';

import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import type { LeadDetail } from '../../api/rows';
import { listenToTables } from '../../api/table-changes';
import { countryOf } from '../../lib/domain';
import { lookup, t } from '../../lib/en-findings';
import { Button } from '../../ui/button';
import { Time } from '../../ui/time';
import { askAgain, take, untake } from './finding-mutations';
import { type Fact, type Finding, findingsQuery, type Findings, sources, sourcesOffQuery, type Taken } from './finding-queries';

/** What stands in the field of the lead that a fact may be taken into. */
function inField(lead: LeadDetail, field: string): string {
  const value = field.startsWith('form.') ? lead.form_data[field.slice(5)] : lead[field as keyof LeadDetail];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function linkOf({ name, value }: Fact): string | null {
  if (/^https?:\/\/[^\s]+$/i.test(value)) return value;
  return name === 'website' && /^[a-z0-9.-]+$/.test(value) ? `https://${value}` : null;
}

function Value({ fact }: { fact: Fact }) {
  const link = linkOf(fact);
  if (link) return <a href={link} target="_blank" rel="noreferrer noopener nofollow" className="text-sea hover:underline">{fact.value.replace(/^https?:\/\/|\/$/g, '')}</a>;
  if (fact.name === 'region') return countryOf(fact.value).name;
  return ['name', 'address', 'number'].includes(fact.name) ? fact.value : lookup('value', fact.value);
}

const small = 'h-6 px-1.5 text-12 max-md:h-11 max-md:px-3';

function Action({ lead, finding, fact, taken }: { lead: LeadDetail; finding: Finding; fact: Fact; taken: Taken | undefined }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const { field } = fact;
  if (field === undefined) return null;
  const name = lookup('fact', fact.name);
  const run = (work: Promise<void>) => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  if (inField(lead, field) !== fact.value) {
    return (
      <Button className={small} disabled={busy} aria-label={t('found.take_of', { value: fact.value, name })} onClick={() => run(take(client, lead, finding.source, { ...fact, field }))}>
        {t('found.take')}
      </Button>
    );
  }
  if (!taken || String(taken.value) !== fact.value) return <span className="text-12 text-ink-3">{t('found.in_place')}</span>;
  return (
    <Button look="quiet" className={small} disabled={busy} aria-label={t('found.undo_of', { name })} onClick={() => run(untake(client, lead, field, fact.name))}>
      {t('found.undo')}
    </Button>
  );
}

const Sure = ({ n }: { n: number }) => <span className="text-12 whitespace-nowrap text-ink-3">{t('found.sure', { n })}</span>;

function OfSource({ lead, finding, taken, canEdit }: { lead: LeadDetail; finding: Finding; taken: Taken[]; canEdit: boolean }) {
  // Said once where it is the same of all.
  const [first] = finding.facts;
  const ofAll = first && finding.facts.every(({ sure }) => sure === first.sure) ? first.sure : null;
  return (
    <section aria-label={lookup('source', finding.source)} className="pt-2 first-of-type:pt-0">
      <h3 className="flex items-baseline gap-2 pb-0.5 text-12 font-normal">
        <span className="flex-none font-medium">{lookup('source', finding.source)}</span>
        <span className="min-w-0 flex-1 truncate text-ink-3" title={finding.subject}>{finding.subject}</span>
        {ofAll !== null && ofAll < 100 && <Sure n={ofAll} />}
        <Time at={finding.asked_at} className="flex-none text-ink-3" />
      </h3>
      {finding.state === 'nothing' && <p className="py-1 text-ink-3">{t('found.nothing', { subject: finding.subject })}</p>}
      {finding.state === 'failed' && <p className="py-1 text-ink-2">{t('found.failed', { reason: lookup('why', finding.reason ?? '') })}</p>}
      <dl>
        {finding.facts.map((fact, i) => (
          <div key={`${fact.name}${i}`} className="grid grid-cols-[104px_minmax(0,1fr)_auto] items-start gap-x-2 py-1 max-md:py-1.5">
            <dt className="text-ink-3">{lookup('fact', fact.name)}</dt>
            <dd className="min-w-0 break-words">
              <Value fact={fact} />{fact.sure < 100 && ofAll === null && <>{' '}<Sure n={fact.sure} /></>}
            </dd>
            {canEdit && fact.field !== undefined && (
              <dd className="-my-0.5"><Action lead={lead} finding={finding} fact={fact} taken={taken.find(({ field }) => field === fact.field)} /></dd>
            )}
          </div>
        ))}
      </dl>
    </section>
  );
}

function SourcesOff() {
  const off = useQuery(sourcesOffQuery).data ?? [];
  return off.map(({ source, reason }) => (
    <p key={source} className="pt-1 text-12 text-ink-3">{t('found.off', { source: lookup('source', source), reason: lookup('why', reason) })}</p>
  ));
}

function Found({ findings, children }: { findings: Findings; children: (finding: Finding) => ReactNode }) {
  if (findings.found.length === 0) return <p className="py-1 text-ink-3">{t('found.none')}</p>;
  return sources.map((source) => {
    const finding = findings.found.find((one) => one.source === source);
    return finding && children(finding);
  });
}

/** Asking is over when the sources' rows have changed, or after the time that all of them may take. */
function useAsking(lead: string, changed: string) {
  const [since, setSince] = useState<string | null>(null);
  const asking = since !== null && since === changed;
  useEffect(() => {
    if (!asking) return undefined;
    const over = setTimeout(() => setSince(null), 30_000);
    return () => clearTimeout(over);
  }, [asking]);
  const ask = () => {
    setSince(changed);
    void askAgain(lead).then((underway) => !underway && setSince(null));
  };
  return { asking, ask };
}

export function FoundFacts({ lead, canEdit, isAdmin }: { lead: LeadDetail; canEdit: boolean; isAdmin: boolean }) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(findingsQuery(lead.id, lead.version));
  useEffect(() => listenToTables(['lead_findings'], (change) => {
    const of = change && (change.record['submission_id'] ?? change.old['submission_id']);
    if (!change || of === lead.id) refresh(client, keys.findings(lead.id));
  }), [client, lead.id]);
  const changed = data?.found.map(({ asked_at: at }) => at).join() ?? '';
  const { asking, ask } = useAsking(lead.id, changed);
  return (
    <section aria-labelledby="found-facts" aria-busy={asking} className="border-t border-line px-5 pt-0.5 pb-4">
      <div className="flex min-h-9 items-center gap-2">
        <h2 id="found-facts" className="flex-1 text-12 leading-4">{t('found.title')}</h2>
        {canEdit && (
          <Button look="quiet" className={small} disabled={asking} onClick={ask}>
            <RefreshCw aria-hidden="true" />{t(asking ? 'found.asking' : 'found.refresh')}
          </Button>
        )}
      </div>
      {!data && !error && <span aria-hidden="true" className="skeleton block h-4 w-40" />}
      {!data && error && (
        <p role="alert" className="py-1 text-bad">{t('found.load_failed')}{' '}
          <Button className={small} onClick={() => void refetch()}>{t('app.retry')}</Button>
        </p>
      )}
      {data && (
        <Found findings={data}>
          {(finding) => <OfSource key={finding.source} lead={lead} finding={finding} taken={data.taken} canEdit={canEdit} />}
        </Found>
      )}
      {isAdmin && <SourcesOff />}
    </section>
  );
}
