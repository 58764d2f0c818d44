// What is asked before a deal moves: nothing between open stages, the facts of a close, or why it is reopened.
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, type ReactNode, useState } from 'react';

import { territoriesQuery } from '../../api/directory';
import type { DealDetail } from '../../api/rows';
import { t } from '../../lib/en-deals';
import { textOf } from '../../lib/form-data';
import { symbolOf } from '../../lib/money';
import { isoDay, morningOf } from '../../lib/time';
import { Button } from '../../ui/button';
import { type DealPatch, lostReasons, type LostReason } from './model';

const box = 'mt-1 w-full rounded-m border border-control bg-surface px-2 py-1 font-normal max-md:text-16';
const line = `${box} h-8 max-md:h-11`;

interface FormProps {
  submit: string;
  onSubmit: (form: FormData) => void;
  onCancel: () => void;
  children: ReactNode;
}

function Form({ submit, onSubmit, onCancel, children }: FormProps) {
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={send} className="grid gap-3 p-2">
      {children}
      <div className="flex gap-2">
        <Button type="submit" look="primary" className="max-md:h-11">{submit}</Button>
        <Button look="quiet" onClick={onCancel} className="max-md:h-11">{t('deal.cancel')}</Button>
      </div>
    </form>
  );
}

function ValueField({ deal, least }: { deal: DealDetail; least: number }) {
  return (
    <label className="font-medium">
      {t('deal.value')} <span className="font-normal text-ink-3">{symbolOf(deal.currency)}</span>
      <input
        type="number" name="value" inputMode="decimal" min={least} max={1e15} step="any" required={least > 0} autoFocus
        defaultValue={deal.value ?? ''} className={line}
      />
    </label>
  );
}

const valueOf = (form: FormData): number | null => {
  const text = textOf(form, 'value').trim();
  // Cents, as the database keeps it.
  return text === '' ? null : Math.round(Number(text) * 100) / 100;
};

interface DealFormProps {
  deal: DealDetail;
  onChange: (patch: DealPatch) => void;
  onCancel: () => void;
}

export function WonForm({ deal, onChange, onCancel }: DealFormProps) {
  // A deal closes on the territory's day, which a browser elsewhere may be ahead of or behind.
  const zone = useQuery(territoriesQuery).data?.find((node) => node.id === deal.territory_id)?.time_zone;
  const [now] = useState(() => new Date());
  const today = isoDay(now, zone);
  return (
    <Form
      submit={t('deal.confirm', { stage: t('stage.won') })} onCancel={onCancel}
      onSubmit={(form) => onChange({ stage: 'closed', outcome: 'won', value: valueOf(form), close_date: textOf(form, 'day') })}
    >
      <ValueField deal={deal} least={0.01} />
      <label className="font-medium">
        {t('deal.close_date')}
        <input type="date" name="day" required max={today} defaultValue={today} className={line} />
      </label>
    </Form>
  );
}

export function LostForm({ onChange, onCancel }: DealFormProps) {
  const [why, setWhy] = useState<LostReason>(lostReasons[0]);
  const [tomorrow] = useState(() => isoDay(new Date(Date.now() + 86_400_000)));
  return (
    <Form
      submit={t('deal.confirm', { stage: t('stage.lost') })} onCancel={onCancel}
      onSubmit={(form) => {
        const day = textOf(form, 'again');
        onChange({
          stage: 'closed', outcome: 'lost', lost_reason: why, lost_note: why === 'other' ? textOf(form, 'note').trim() : null,
          next_contact_at: day === '' ? null : morningOf(day),
        });
      }}
    >
      <label className="font-medium">
        {t('deal.lost_reason')}
        <select name="why" value={why} autoFocus onChange={(event) => setWhy(event.target.value as LostReason)} className={line}>
          {lostReasons.map((reason) => <option key={reason} value={reason}>{t(`lost.${reason}`)}</option>)}
        </select>
      </label>
      {why === 'other' && (
        <label className="font-medium">
          {t('deal.lost_note')}
          <textarea name="note" rows={2} required maxLength={500} className={box} />
        </label>
      )}
      <label className="font-medium">
        {t('deal.come_back')}
        <input type="date" name="again" min={tomorrow} aria-describedby="again-more" className={line} />
        <span id="again-more" className="mt-1 block text-12 font-normal text-ink-3">{t('deal.come_back_more')}</span>
      </label>
    </Form>
  );
}

export function ReopenForm({ onChange, onCancel }: DealFormProps) {
  return (
    <Form
      submit={t('deal.reopen_confirm')} onCancel={onCancel}
      onSubmit={(form) => onChange({ stage: 'negotiation', stage_reason: textOf(form, 'reason').trim(), outcome: null, lost_reason: null, lost_note: null, close_date: null })}
    >
      <label className="font-medium">
        {t('deal.reopen_why')}
        <textarea name="reason" rows={2} required maxLength={500} autoFocus className={box} />
      </label>
    </Form>
  );
}

/** The value and the day it may close. */
export function ChangeForm({ deal, onChange, onCancel }: DealFormProps) {
  return (
    <Form
      submit={t('deal.save')} onCancel={onCancel}
      onSubmit={(form) => {
        const day = textOf(form, 'day');
        onChange({ value: valueOf(form), expected_close: day === '' ? null : day });
      }}
    >
      <ValueField deal={deal} least={0} />
      <label className="font-medium">
        {t('deal.close')}
        <input type="date" name="day" defaultValue={deal.expected_close ?? ''} className={line} />
      </label>
    </Form>
  );
}
