// A line to write on: a note at first, or what was said in a call or a meeting. What it takes to send it is loaded when
// somebody comes here.
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from 'react';

import type { PersonRow } from '../../api/rows';
import { t } from '../../lib/en-leads';
import { Kbd } from '../../ui/kbd';
import { useKeys } from '../../ui/use-keys';

const load = () => import('./composer').then((part) => ({ default: part.Composer }));
const Composer = lazy(load);

export function NoteForm({ leadId, people }: { leadId: string; people: PersonRow[] }) {
  const box = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState(false);
  useKeys({ n: () => box.current?.focus() });
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit();
    if (event.key === 'Escape' && !event.defaultPrevented) box.current?.blur();
  };
  return (
    <div className="border-b border-line px-5 py-3">
      <div className="relative rounded-m border border-control focus-within:border-focus">
        <textarea
          ref={box} value={text} maxLength={4000} rows={text === '' ? 1 : 3} aria-label={t('note.label')} placeholder={t('note.placeholder')}
          onPointerEnter={() => void load()} onFocus={() => setActive(true)} onChange={(event) => setText(event.target.value)} onKeyDown={onKey}
          className="block w-full resize-none rounded-m bg-transparent py-2 pr-9 pl-3 outline-none placeholder:text-ink-3 max-md:text-16"
        />
        {text === '' && <span aria-hidden="true" className="absolute top-2 right-2 max-md:hidden"><Kbd>N</Kbd></span>}
      </div>
      {(active || text !== '') && (
        <Suspense><Composer leadId={leadId} people={people} form={form} box={box} text={text} onText={setText} /></Suspense>
      )}
    </div>
  );
}
