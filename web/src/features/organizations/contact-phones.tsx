// The numbers of a contact, and the editor of them.
import { useQueryClient } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';

import type { ContactPhone, ContactRow } from '../../api/rows';
import { t } from '../../lib/en-organizations';
import { Button } from '../../ui/button';
import { savePhones } from './mutations';
import { Fact } from './parts';

const labels = ['mobile', 'work', 'home', 'whatsapp', 'other'] as const;
const most = 5;
type Number = Pick<ContactPhone, 'number' | 'label'>;

const inOrder = (phones: readonly ContactPhone[]) => [...phones].sort((a, b) => globalThis.Number(b.is_primary) - globalThis.Number(a.is_primary));
/** As the server keeps it: no spaces, brackets or dashes. */
const tidy = (typed: string) => typed.replace(/[\s().-]/g, '').replace(/^00/, '+');

function Editor({ contact, onClose }: { contact: ContactRow; onClose: () => void }) {
  const client = useQueryClient();
  const known = inOrder(contact.contact_phones).map(({ number, label }) => ({ number, label }));
  const [phones, setPhones] = useState<Number[]>(known.length > 0 ? known : [{ number: '', label: 'mobile' }]);
  const [fault, setFault] = useState<string | null>(null);
  const change = (at: number, what: Partial<Number>) => setPhones(phones.map((phone, i) => (i === at ? { ...phone, ...what } : phone)));
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A row that was left empty is no number.
    const typed = phones.map(({ number, label }) => ({ number: tidy(number), label })).filter(({ number }) => number !== '');
    void savePhones(client, contact, typed)
      .then((wrong) => (wrong === null ? onClose() : setFault(wrong)));
  };
  const box = 'h-7 rounded-m border border-control bg-surface px-1.5 max-md:h-11 max-md:text-16';
  return (
    <form
      onSubmit={submit} className="grid gap-1.5 pt-1"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      {phones.map((phone, i) => (
        <p key={i} className="grid grid-cols-[minmax(0,1fr)_104px_28px] gap-1.5 max-md:grid-cols-[minmax(0,1fr)_112px_44px]">
          <input
            type="tel" aria-label={t('org.number', { n: i + 1 })} value={phone.number} className={box} maxLength={24} autoFocus={i === 0}
            onChange={(event) => change(i, { number: event.target.value })}
          />
          <select aria-label={t('org.label', { n: i + 1 })} value={phone.label} className={box} onChange={(event) => change(i, { label: labels.find((one) => one === event.target.value) ?? 'other' })}>
            {labels.map((label) => <option key={label} value={label}>{t(`number.${label}`)}</option>)}
          </select>
          {phones.length > 1 && (
            <Button look="quiet" size="icon" className="max-md:size-11" aria-label={t('org.remove_phone', { n: i + 1 })} onClick={() => setPhones(phones.filter((_, at) => at !== i))}><X aria-hidden="true" /></Button>
          )}
        </p>
      ))}
      <p role={fault === null ? undefined : 'alert'} className={`text-12 ${fault === null ? 'text-ink-3' : 'text-bad'}`}>{fault ?? t('org.phones_first')}</p>
      <p className="flex gap-1.5">
        <Button type="submit" look="primary" className="max-md:h-11">{t('org.save')}</Button>
        <Button className="max-md:h-11" onClick={onClose}>{t('org.cancel')}</Button>
        <span className="flex-1" />
        {phones.length < most && <Button look="quiet" className="max-md:h-11" onClick={() => setPhones([...phones, { number: '', label: 'mobile' }])}><Plus aria-hidden="true" />{t('org.add_phone')}</Button>}
      </p>
    </form>
  );
}

export function ContactPhones({ contact, canEdit }: { contact: ContactRow; canEdit: boolean }) {
  const [editing, setEditing] = useState(false);
  return (
    <section aria-labelledby="contact-phones" className="border-t border-line px-5 py-2.5">
      <div className="flex items-center gap-2">
        <h2 id="contact-phones" className="flex-1 text-12 leading-4">{t('org.phones')}</h2>
        {canEdit && !editing && <Button look="quiet" className="-mr-2.5 text-12 text-sea! max-md:h-11" onClick={() => setEditing(true)}>{t('org.phones_edit')}</Button>}
      </div>
      {editing ? <Editor contact={contact} onClose={() => setEditing(false)} /> : (
        <dl>
          {contact.contact_phones.length === 0 && <p className="text-ink-3">{t('org.unknown')}</p>}
          {inOrder(contact.contact_phones).map(({ number, label }) => (
            <Fact key={number} name={t(`number.${label}`)}>
              <a href={label === 'whatsapp' ? `https://wa.me/${number.slice(1)}` : `tel:${number}`} className="tabular inline-flex min-h-6 items-center hover:underline">{number}</a>
            </Fact>
          ))}
        </dl>
      )}
    </section>
  );
}
