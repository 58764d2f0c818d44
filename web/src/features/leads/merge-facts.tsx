// The facts in which two leads differ, each with the choice between them; what is the same is folded away.
import type { LeadDetail } from '../../api/rows';
import { cn } from '../../lib/cn';
import { count, t } from '../../lib/en-merge';
import { agreeing, differing, type MergeFact, mergeFactName, mergeFactWords } from './merge-model';

interface ChoiceProps {
  lead: LeadDetail;
  fact: MergeFact;
  on: boolean;
  onTake: () => void;
}

function Choice({ lead, fact, on, onTake }: ChoiceProps) {
  const value = mergeFactWords(lead, fact);
  return (
    <label className={cn('flex min-w-0 cursor-pointer gap-2 border-b border-line px-3 py-2 max-md:py-3', on ? 'bg-select' : 'hover:bg-hover')}>
      <input
        type="radio" name={`fact-${fact}`} checked={on} onChange={onTake} className="mt-0.5 size-4 flex-none accent-sea"
        aria-label={t('merge.taken', { fact: mergeFactName(fact), name: lead.business_name, value })}
      />
      <span aria-hidden="true" className={cn('min-w-0 break-words', on ? 'font-medium text-ink' : 'text-ink-2')}>{value}</span>
    </label>
  );
}

interface MergeFactsProps {
  /** As they stand on screen, left and right. */
  leads: [LeadDetail, LeadDetail];
  kept: LeadDetail;
  taken: MergeFact[];
  onTake: (fact: MergeFact, take: boolean) => void;
}

const grid = 'grid grid-cols-2 md:grid-cols-[168px_minmax(0,1fr)_minmax(0,1fr)]';

export function MergeFacts({ leads, kept, taken, onTake }: MergeFactsProps) {
  const differ = differing(...leads);
  const agree = agreeing(...leads);
  return (
    <>
      <h2 className="px-4 pt-4 pb-1.5">{differ.length === 0 ? t('merge.nothing_differs') : count('merge.differ', differ.length)}</h2>
      {differ.map((fact) => (
        <fieldset key={fact} className={grid}>
          <legend className="sr-only">{mergeFactName(fact)}</legend>
          <p aria-hidden="true" className="border-line px-4 py-2 text-ink-3 max-md:col-span-2 max-md:px-3 max-md:pb-0 md:border-b">{mergeFactName(fact)}</p>
          {leads.map((lead) => (
            <Choice
              key={lead.id} lead={lead} fact={fact} on={(lead !== kept) === taken.includes(fact)} onTake={() => onTake(fact, lead !== kept)}
            />
          ))}
        </fieldset>
      ))}
      {agree.length > 0 && (
        <details className="border-b border-line">
          <summary className="flex min-h-9 cursor-pointer items-center px-4 text-ink-2 hover:bg-hover max-md:min-h-11">{count('merge.same', agree.length)}</summary>
          <dl>
            {agree.map((fact) => (
              <div key={fact} className="grid grid-cols-[168px_minmax(0,1fr)] border-t border-line">
                <dt className="px-4 py-1.5 text-ink-3">{mergeFactName(fact)}</dt>
                <dd className="min-w-0 px-3 py-1.5 break-words">{mergeFactWords(kept, fact)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}
