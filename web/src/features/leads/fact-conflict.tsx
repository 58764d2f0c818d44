// Two people, one fact: what it was, what the other made of it, what one wrote; one of the two is kept.
import { useState } from 'react';

import type { LeadDetail } from '../../api/rows';
import { t } from '../../lib/en-lead-edit';
import { firstName } from '../../lib/person';
import { Button } from '../../ui/button';
import type { EditableFact } from './fact-model';
import { factName, factWords } from './fact-words';

export interface Conflicting {
  was: unknown;
  theirs: unknown;
  mine: unknown;
  who: string;
}

interface ConflictProps {
  lead: LeadDetail;
  fact: EditableFact;
  conflict: Conflicting;
  onChoose: (mine: boolean) => void;
  onLater: () => void;
}

export function Conflict({ lead, fact, conflict, onChoose, onLater }: ConflictProps) {
  const [mine, setMine] = useState(false);
  const name = firstName(conflict.who);
  const words = (value: unknown) => factWords(fact, value, lead.currency);
  const line = 'flex items-baseline gap-2 border-t border-line py-1.5';
  const choice = (label: string, value: unknown, on: boolean, set: () => void) => (
    <label className={line}>
      <input type="radio" name="keep" checked={on} onChange={set} autoFocus={on} className="accent-sea" />
      <span className="w-16 flex-none truncate text-ink-2">{label}</span>
      <span className={`min-w-0 break-words ${on ? 'font-semibold' : ''}`}>{words(value)}</span>
    </label>
  );
  return (
    <div role="alertdialog" aria-label={t('conflict.title', { name: conflict.who })} className="relative z-10 -mr-2 -ml-[122px] rounded-l border border-line bg-raised p-3 shadow-e2">
      <p className="font-semibold">{t('conflict.title', { name })}</p>
      <p className="mb-1.5 text-12 text-ink-2">{lead.business_name}, {factName(fact)}</p>
      <p className={`${line} pl-[21px]`}><span className="w-16 flex-none text-ink-2">{t('conflict.was')}</span><span className="text-ink-3">{words(conflict.was)}</span></p>
      {choice(name, conflict.theirs, !mine, () => setMine(false))}
      {choice(t('conflict.mine'), conflict.mine, mine, () => setMine(true))}
      <div className="mt-2 flex gap-2">
        <Button look="primary" onClick={() => onChoose(mine)}>{mine ? t('conflict.keep_mine') : t('conflict.keep_theirs', { name })}</Button>
        <Button look="quiet" onClick={onLater}>{t('conflict.later')}</Button>
      </div>
    </div>
  );
}
