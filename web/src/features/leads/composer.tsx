// What stands under the line to write on: whom an @ means, what kind of thing it is, when it was, and the button.
import { type RefObject, type SubmitEvent, useEffect, useState } from 'react';

import type { PersonRow } from '../../api/rows';
import { t } from '../../lib/en-lead-edit';
import { textOf } from '../../lib/form-data';
import { clock, isoDay } from '../../lib/time';
import { Avatar } from '../../ui/avatar';
import { Button } from '../../ui/button';
import { Segments } from '../../ui/segments';
import { candidates, mentionAt, mentioned, withMention } from './mentions';
import { useWrite, whyNot } from './work-mutations';

const kinds = ['note', 'call', 'meeting', 'visit', 'email'] as const;
type Kind = (typeof kinds)[number];

interface ComposerProps {
  leadId: string;
  people: PersonRow[];
  form: RefObject<HTMLFormElement | null>;
  box: RefObject<HTMLTextAreaElement | null>;
  text: string;
  onText: (text: string) => void;
}

/** The list that an @ opens, walked from the text itself. */
function useMentions({ box, text, people, onText }: Pick<ComposerProps, 'box' | 'text' | 'people' | 'onText'>) {
  const [caret, setCaret] = useState(text.length);
  const [active, setActive] = useState(0);
  const [closed, setClosed] = useState('');
  const typed = mentionAt(text, Math.min(caret, text.length));
  const found = typed && closed !== text ? candidates(people, typed.word) : [];
  const at = Math.min(active, found.length - 1);
  const choose = (person: PersonRow | undefined) => {
    if (!person || !typed) return;
    const next = withMention(text, typed, person.full_name);
    onText(next);
    const end = typed.at + person.full_name.length + 2;
    setCaret(end);
    setTimeout(() => {
      box.current?.focus();
      box.current?.setSelectionRange(end, end);
    });
  };
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onCaret = () => setCaret(element.selectionStart);
    const onKey = (event: KeyboardEvent) => {
      if (found.length === 0) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setActive((at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length);
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') choose(found[at]);
      else if (event.key === 'Escape') setClosed(text);
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element.addEventListener('keydown', onKey, true);
    element.addEventListener('keyup', onCaret);
    element.addEventListener('click', onCaret);
    element.addEventListener('input', onCaret);
    return () => {
      element.removeEventListener('keydown', onKey, true);
      element.removeEventListener('keyup', onCaret);
      element.removeEventListener('click', onCaret);
      element.removeEventListener('input', onCaret);
    };
  });
  return { found, at, choose };
}

export function Composer({ leadId, people, form, box, text, onText }: ComposerProps) {
  const [kind, setKind] = useState<Kind>('note');
  const { found, at, choose } = useMentions({ box, text, people, onText });
  const write = useWrite(leadId);
  const [now] = useState(() => new Date());
  const latest = `${isoDay(now)}T${clock(now)}`;
  const body = text.trim();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (write.isPending || (kind === 'note' && body === '')) return;
    const at_ = textOf(new FormData(event.currentTarget), 'at');
    // The minute that runs is not over: what was just now is now.
    const when = at_ === '' || at_ === latest ? new Date() : new Date(at_);
    const done = { onSuccess: () => onText('') };
    if (kind === 'note') write.mutate({ kind, body, mentions: mentioned(body, people) }, done);
    else write.mutate({ kind, body, at: new Date(Math.min(when.getTime(), Date.now() - 5000)).toISOString() }, done);
  };
  return (
    <form ref={form} onSubmit={submit} className="relative mt-2 flex flex-wrap items-center gap-2">
      {found.length > 0 && (
        <ul aria-label={t('write.people')} className="animate-rise absolute -top-1 left-0 z-10 w-64 rounded-l bg-raised p-1 shadow-e2">
          {found.map((person, i) => (
            <li key={person.id}>
              <button
                type="button" tabIndex={-1} onPointerDown={(event) => event.preventDefault()} onClick={() => choose(person)} aria-current={i === at || undefined}
                className={`flex h-8 w-full items-center gap-2 rounded-m px-2 ${i === at ? 'bg-sea-tint' : ''}`}
              >
                <Avatar id={person.id} name={person.full_name} size="s" />{person.full_name}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Segments label={t('write.kind')} value={kind} onChange={setKind} options={kinds.map((value) => ({ value, label: t(`write.${value}`) }))} />
      {kind !== 'note' && (
        <label className="flex items-center gap-1.5 text-12 text-ink-2">
          {t('write.when')}
          <input type="datetime-local" name="at" max={latest} defaultValue={latest} className="h-7 rounded-m border border-control bg-surface px-1.5 max-md:h-11 max-md:text-16" />
        </label>
      )}
      {(kind !== 'note' || body !== '') && (
        <Button type="submit" look="primary" className="max-md:h-11" disabled={write.isPending}>{t(kind === 'note' ? 'note.add' : 'write.log')}</Button>
      )}
      {write.error && <p role="alert" className="basis-full text-bad">{t('note.failed', { reason: whyNot(write.error) })}</p>}
    </form>
  );
}
