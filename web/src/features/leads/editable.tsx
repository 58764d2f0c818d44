// A fact that is changed in its place: press it, or Enter on it. What edits it is loaded then.
import { lazy, type ReactNode, Suspense, useState } from 'react';

import type { LeadDetail } from '../../api/rows';
import { t } from '../../lib/en-leads';
import { factName, factWords } from './fact-words';
import type { ToldFact } from './timeline-model';

const load = () => import('./fact-editor').then((part) => ({ default: part.FactEditor }));
const FactEditor = lazy(load);

interface EditableProps {
  lead: LeadDetail;
  fact: Exclude<ToldFact, 'tags' | 'phone'>;
  canEdit: boolean;
  children: ReactNode;
}

export function Editable({ lead, fact, canEdit, children }: EditableProps) {
  const [editing, setEditing] = useState(false);
  const shown = children ?? <span className="text-ink-3">{t('lead.unknown')}</span>;
  if (!canEdit) return shown;
  const button = (
    <button
      type="button" aria-label={t('lead.edit', { fact: factName(fact), value: factWords(fact, lead[fact], lead.currency) })}
      onPointerEnter={() => void load()} onClick={() => setEditing(true)}
      className="-mx-1.5 -my-0.5 block w-[calc(100%+12px)] rounded-s border border-transparent px-1.5 py-px text-left whitespace-pre-wrap hover:border-line-strong"
    >
      {shown}
    </button>
  );
  if (!editing) return button;
  return <Suspense fallback={button}><FactEditor lead={lead} fact={fact} onClose={() => setEditing(false)} /></Suspense>;
}
