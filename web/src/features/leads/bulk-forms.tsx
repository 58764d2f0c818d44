// What a change of many leads must say; the button tells how many it is about.
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, type ReactNode, useId, useState } from 'react';

import { keys } from '../../api/keys';
import type { PersonRow } from '../../api/rows';
import { rpc } from '../../api/rpc';
import type { Status } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { count, t } from '../../lib/en-lead-work';
import { textOf } from '../../lib/form-data';
import { isoDay, morningOf } from '../../lib/time';
import { Button } from '../../ui/button';
import { Segments } from '../../ui/segments';
import type { BulkAction } from './bulk-run';

const box = 'mt-1 h-8 w-full rounded-m border border-control bg-surface px-2 font-normal max-md:h-11 max-md:text-16';

interface FormProps {
  submit: string;
  onSubmit: (field: (name: string) => string) => void;
  children: ReactNode;
}

function Form({ submit, onSubmit, children }: FormProps) {
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    onSubmit((name) => textOf(form, name).trim());
  };
  return (
    <form onSubmit={send} className="grid gap-3">
      {children}
      <Button type="submit" look="primary" className="justify-self-start max-md:h-11">{submit}</Button>
    </form>
  );
}

interface BulkFormProps {
  n: number;
  onRun: (what: BulkAction) => void;
}

export function AssignForm({ n, people, onRun }: BulkFormProps & { people: PersonRow[] }) {
  return (
    <Form
      submit={count('bulk.do_assign', n)}
      onSubmit={(field) => onRun({ action: 'assign', args: { to: field('to') || null, reason: field('why') } })}
    >
      <label className="font-medium">
        {t('bulk.to')}
        <select name="to" autoFocus className={box}>
          {people.filter(({ role, active }) => role !== 'viewer' && active).map(({ id, full_name: name }) => <option key={id} value={id}>{name}</option>)}
          <option value="">{t('bulk.queue')}</option>
        </select>
      </label>
      <label className="font-medium">{t('bulk.why')}<input name="why" required maxLength={200} className={box} /></label>
    </Form>
  );
}

const targets = ['qualified', 'nurture', 'disqualified', 'contacted'] as const satisfies readonly Status[];
const lost = ['no_need', 'no_budget', 'wrong_territory', 'unreachable', 'competitor', 'duplicate', 'spam'] as const;

export function StatusForm({ n, onRun, archive = false }: BulkFormProps & { archive?: boolean }) {
  const [to, setTo] = useState<Status>(archive ? 'archived' : 'nurture');
  const [tomorrow] = useState(() => isoDay(new Date(Date.now() + 86_400_000)));
  const send = (field: (name: string) => string) => onRun({
    action: 'status',
    args: {
      status: to, ...(field('why') && { reason: field('why') }), ...(to === 'nurture' && { activity: { next_contact_at: morningOf(field('day')) } }),
    },
  });
  return (
    <Form submit={count(archive ? 'bulk.do_archive' : 'bulk.do_status', n)} onSubmit={send}>
      {!archive && (
        <label className="font-medium">
          {t('bulk.new_status')}
          <select value={to} autoFocus onChange={(event) => setTo(event.target.value as Status)} className={box}>
            {targets.map((status) => <option key={status} value={status}>{statusName(status)}</option>)}
          </select>
        </label>
      )}
      {to === 'nurture' && (
        <label className="font-medium">{t('bulk.day')}<input type="date" name="day" required min={tomorrow} defaultValue={tomorrow} className={box} /></label>
      )}
      {to === 'disqualified' && (
        <label className="font-medium">
          {t('bulk.reason')}
          <select name="why" className={box}>{lost.map((why) => <option key={why} value={why}>{t(`why.${why}`)}</option>)}</select>
        </label>
      )}
      {to === 'qualified' && <label className="font-medium">{t('bulk.reason')}<input name="why" required maxLength={180} className={box} /></label>}
    </Form>
  );
}

export function TagForm({ n, onRun }: BulkFormProps) {
  const id = useId();
  const [how, setHow] = useState<'tag' | 'untag'>('tag');
  const known = useQuery({ queryKey: keys.tags, queryFn: ({ signal }) => rpc<{ tag: string; leads: number }[]>('known_tags', {}, signal) }).data ?? [];
  return (
    <Form submit={count(how === 'tag' ? 'bulk.do_tag' : 'bulk.do_untag', n)} onSubmit={(field) => onRun({ action: how, args: { tag: field('tag') } })}>
      <Segments
        label={t('bulk.tag')} value={how} onChange={setHow}
        options={[{ value: 'tag', label: t('bulk.tag_add') }, { value: 'untag', label: t('bulk.tag_remove') }]}
      />
      <label className="font-medium">
        {t('bulk.tag_name')}
        <input name="tag" required maxLength={40} list={id} autoComplete="off" className={box} />
        <datalist id={id}>{known.map(({ tag }) => <option key={tag} value={tag} />)}</datalist>
      </label>
    </Form>
  );
}
