// A note on the lead: grows with its text, sent by the button or Ctrl and Enter.
import { type SubmitEvent, type KeyboardEvent, useRef, useState } from 'react';

import { t } from '../../lib/en-leads';
import { Button } from '../../ui/button';
import { Kbd } from '../../ui/kbd';
import { useKeys } from '../../ui/use-keys';
import { useAddNote, whyRefused } from './mutations';

export function NoteForm({ leadId }: { leadId: string }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState('');
  const adding = useAddNote(leadId);
  useKeys({ n: () => box.current?.focus() });
  const send = (event?: SubmitEvent) => {
    event?.preventDefault();
    const body = text.trim();
    if (body !== '' && !adding.isPending) adding.mutate(body, { onSuccess: () => setText('') });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
    if (event.key === 'Escape') box.current?.blur();
  };
  return (
    <form onSubmit={send} className="border-b border-line px-5 py-3">
      <div className="relative rounded-m border border-control focus-within:border-focus">
        <textarea
          ref={box} value={text} maxLength={4000} rows={text === '' ? 1 : 3} aria-label={t('note.label')}
          placeholder={t('note.placeholder')} onChange={(event) => setText(event.target.value)} onKeyDown={onKey}
          className="block w-full resize-none rounded-m bg-transparent py-2 pr-9 pl-3 outline-none placeholder:text-ink-3 max-md:text-16"
        />
        {text === '' && <span aria-hidden="true" className="absolute top-2 right-2 max-md:hidden"><Kbd>N</Kbd></span>}
      </div>
      {text.trim() !== '' && (
        <Button type="submit" look="primary" className="mt-2 max-md:h-11" disabled={adding.isPending}>{t('note.add')}</Button>
      )}
      {adding.error && <p role="alert" className="mt-1.5 text-bad">{t('note.failed', { reason: whyRefused(adding.error) })}</p>}
    </form>
  );
}
