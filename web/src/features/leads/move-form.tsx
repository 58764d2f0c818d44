// What a move must say: how contact was made, why, or when to come back.
import { type SubmitEvent, useState } from 'react';

import type { Status } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-lead-move';
import { textOf } from '../../lib/form-data';
import { isoDay, morningOf } from '../../lib/time';
import { Button } from '../../ui/button';
import { needs } from './model';
import type { Move } from './mutations';

const contacts = ['call', 'email', 'meeting', 'visit', 'message'] as const;
const reasons = [
  'no_need', 'no_budget', 'wrong_territory', 'unreachable', 'competitor', 'duplicate', 'spam', 'other',
] as const;
const box = 'mt-1 w-full rounded-m border border-control bg-surface px-2 py-1 font-normal max-md:text-16';

interface MoveFormProps {
  from: Status;
  to: Status;
  onCancel: () => void;
  onMove: (move: Move) => void;
}

function moveOf(form: FormData, to: Status, need: ReturnType<typeof needs>): Move {
  const field = (name: string) => textOf(form, name).trim();
  switch (need) {
    case 'contact': return { to, activity: { kind: field('how'), ...(field('what') && { body: field('what') }) } };
    case 'date': return { to, activity: { next_contact_at: morningOf(field('day')) } };
    case 'lost_reason': return { to, reason: field('why') === 'other' ? `other: ${field('reason')}` : field('why') };
    default: return { to, reason: field('reason') };
  }
}

export function MoveForm({ from, to, onCancel, onMove }: MoveFormProps) {
  const need = needs(from, to);
  const [why, setWhy] = useState<string>(reasons[0]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onMove(moveOf(new FormData(event.currentTarget), to, need));
  };
  const [tomorrow] = useState(() => isoDay(new Date(Date.now() + 86_400_000)));
  return (
    <form onSubmit={submit} className="grid gap-3 p-2">
      {need === 'contact' && (
        <>
          <fieldset>
            <legend className="mb-1.5 font-medium">{t('move.how')}</legend>
            <div className="grid grid-cols-2 gap-1.5 max-md:gap-3">
              {contacts.map((how, i) => (
                <label key={how} className="flex items-center gap-2">
                  <input type="radio" name="how" value={how} defaultChecked={i === 0} autoFocus={i === 0} className="accent-sea" />
                  {t(`how.${how}`)}
                </label>
              ))}
            </div>
          </fieldset>
          <label className="font-medium">
            {t('move.what')}
            <textarea name="what" rows={2} maxLength={4000} className={box} />
          </label>
        </>
      )}
      {need === 'lost_reason' && (
        <label className="font-medium">
          {t('move.reason')}
          <select name="why" value={why} autoFocus onChange={(event) => setWhy(event.target.value)} className={`${box} h-8`}>
            {reasons.map((reason) => <option key={reason} value={reason}>{t(`why.${reason}`)}</option>)}
          </select>
        </label>
      )}
      {(need === 'reason' || (need === 'lost_reason' && why === 'other')) && (
        <label className="font-medium">
          {t(need === 'reason' ? (to === 'qualified' ? 'move.qualify_reason' : 'move.reason') : 'move.other')}
          <textarea name="reason" rows={2} required maxLength={180} autoFocus={need === 'reason'} className={box} />
        </label>
      )}
      {need === 'date' && (
        <label className="font-medium">
          {t('move.next')}
          <input type="date" name="day" required min={tomorrow} defaultValue={tomorrow} autoFocus className={`${box} h-8`} />
        </label>
      )}
      <div className="flex gap-2">
        <Button type="submit" look="primary" className="max-md:h-11">{t('move.confirm', { status: statusName(to) })}</Button>
        <Button look="quiet" onClick={onCancel} className="max-md:h-11">{t('move.cancel')}</Button>
      </div>
    </form>
  );
}
