// The editor of one fact. Saved over the version that was seen; if somebody changed the same fact meanwhile, both
// values are shown and one is chosen, nothing is overwritten unseen.
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, type SubmitEvent, useEffect, useRef, useState } from 'react';

import { peopleQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { changeFacts } from '../../api/lead-api';
import { ValidationError } from '../../api/public-api';
import type { LeadDetail } from '../../api/rows';
import { t } from '../../lib/en-lead-edit';
import { textOf } from '../../lib/form-data';
import { toast } from '../../ui/toasts';
import { Conflict, type Conflicting } from './fact-conflict';
import { type EditableFact, optionsOf, readFact } from './fact-model';
import { factName } from './fact-words';
import { leadQuery, timelineQuery } from './queries';
import { showLead, whyNot } from './work-mutations';

interface FactEditorProps {
  lead: LeadDetail;
  fact: EditableFact;
  onClose: () => void;
}

const box = 'w-full rounded-m border-2 border-focus bg-surface px-1.5 py-0.5 outline-none max-md:h-11 max-md:text-16';

export function FactEditor({ lead, fact, onClose }: FactEditorProps) {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement & HTMLSelectElement & HTMLTextAreaElement>(null);
  /** What the fact was when the editor opened: the base of the change. */
  const [base] = useState(lead[fact]);
  const [fault, setFault] = useState<string | null>(null);
  const [conflict, setConflict] = useState<Conflicting | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), [conflict]);

  /** Who changed the fact last, as far as the caller may know. */
  const whoChanged = async (): Promise<string> => {
    const timeline = await client.query({ ...timelineQuery(lead.id), staleTime: 0 }).catch(() => null);
    const by = timeline?.changes.find(({ changed }) => fact in changed)?.actor_id;
    const person = by ? client.getQueryData(peopleQuery.queryKey)?.find(({ id }) => id === by) : undefined;
    return person?.full_name ?? t('conflict.somebody');
  };
  const fresh = () => client.query({ ...leadQuery(lead.id), staleTime: 0 });
  const ask = async (mine: unknown, now: LeadDetail) => setConflict({ was: base, theirs: now[fact], mine, who: await whoChanged() });

  const save = async (mine: unknown, over: LeadDetail, tries = 3): Promise<void> => {
    try {
      const row = await changeFacts(lead.id, over.version, { [fact]: mine });
      showLead(client, { ...over, ...row });
      toast(t('edit.saved', { fact: factName(fact) }));
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'version_conflict' && tries > 0) {
        const now = await fresh();
        // Another fact of the lead was changed: that is no conflict with this one.
        if (now[fact] === base) await save(mine, now, tries - 1);
        else await ask(mine, now);
        return;
      }
      const words = error instanceof ValidationError
        ? error.faults.map(({ message }) => message).join(' ') : whyNot(error as Error);
      setFault(words);
    }
  };
  const submit = (event?: SubmitEvent<HTMLFormElement>) => {
    event?.preventDefault();
    const form = event?.currentTarget ?? field.current?.form;
    if (!form || busy) return;
    const mine = readFact(fact, textOf(new FormData(form), 'value'));
    if (mine === base) {
      onClose();
      return;
    }
    setBusy(true);
    setFault(null);
    void (lead[fact] === base ? save(mine, lead) : ask(mine, lead)).finally(() => setBusy(false));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    }
    if (event.key === 'Enter' && (fact !== 'specific_needs' || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
  };
  if (conflict) {
    return (
      <Conflict
        fact={fact} lead={lead} conflict={conflict}
        onChoose={(mine) => {
          setConflict(null);
          if (mine) void fresh().then((now) => save(conflict.mine, now));
          else onClose();
        }}
        onLater={onClose}
      />
    );
  }
  const options = optionsOf(fact);
  const common = {
    ref: field, name: 'value', 'aria-label': factName(fact), 'aria-invalid': fault !== null, 'aria-describedby': `hint-${fact}`, onKeyDown: onKey,
    defaultValue: base === null ? '' : String(base), className: box,
  };
  return (
    <form onSubmit={submit} className="-mx-1.5 -my-0.5" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && !busy && fault === null && onClose()}>
      {options ? (
        <select {...common}>{options.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}</select>
      ) : fact === 'specific_needs' || fact === 'address' ? (
        <textarea {...common} rows={3} maxLength={fact === 'address' ? 300 : 2000} />
      ) : (
        <input {...common} type={typeof base === 'number' || fact === 'monthly_transactions' || fact === 'year_established' || fact === 'average_ticket' || fact === 'stated_value' ? 'number' : 'text'} step="any" maxLength={254} />
      )}
      <p id={`hint-${fact}`} role={fault === null ? undefined : 'alert'} className={`mt-0.5 text-12 ${fault === null ? 'text-ink-3' : 'text-bad'}`}>
        {fault === null ? t('edit.hint') : t('edit.failed', { fact: factName(fact), reason: fault })}
      </p>
      <button type="submit" className="sr-only" tabIndex={-1}>{t('edit.save')}</button>
    </form>
  );
}
