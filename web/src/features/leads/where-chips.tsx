// The conditions of an address as chips: what is joined by and has a chip each, what is joined by or shares one.
import { useQuery } from '@tanstack/react-query';
import { ListFilter, X } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';

import { territoriesQuery } from '../../api/directory';
import type { PersonRow } from '../../api/rows';
import { t } from '../../lib/en-where';
import { Button } from '../../ui/button';
import { Popover } from '../../ui/popover';
import type { LeadFilters } from './filters';
import { type Part, readWhere, writeWhere } from './where';
import { partWords } from './where-words';

const WhereBuilder = lazy(() => import('./where-builder').then((part) => ({ default: part.WhereBuilder })));

interface WhereChipsProps {
  where: string;
  /** Of the list, with these conditions and all else. */
  filters: LeadFilters;
  me: string;
  people: readonly PersonRow[];
  onWhere: (where: string | undefined) => void;
}

const chip = 'inline-flex h-[26px] flex-none items-center gap-1 rounded-m border border-line-strong max-md:h-9 max-md:text-14';

export function WhereChips({ where, filters, me, people, onWhere }: WhereChipsProps) {
  const nodes = useQuery(territoriesQuery).data ?? [];
  const [open, setOpen] = useState(false);
  const read = readWhere(where);
  const chips: readonly Part[] = read === null ? [] : read.any ? [read] : read.parts;
  const without = (gone: Part) => {
    const parts = read?.any ? [] : (read?.parts ?? []).filter((one) => one !== gone);
    onWhere(parts.length === 0 ? undefined : writeWhere({ any: false, parts }));
  };
  const save = (next: string | undefined) => {
    setOpen(false);
    onWhere(next);
  };
  return (
    <>
      {read === null && (
        <span role="status" className={`${chip} border-warn pr-0.5 pl-[9px]`}>
          {t('where.unread')}
          <Cross label={t('where.remove', { words: where.slice(0, 40) })} onClick={() => onWhere(undefined)} />
        </span>
      )}
      {chips.map((part, i) => {
        const words = partWords(part, { people, nodes });
        return (
          <span key={i} className={`${chip} pr-0.5`}>
            <button type="button" title={words} className="h-full max-w-[420px] truncate rounded-m pl-[9px] hover:underline" onClick={() => setOpen(true)}>{words}</button>
            <Cross label={t('where.remove', { words })} onClick={() => without(part)} />
          </span>
        );
      })}
      <Popover
        label={t('where.edit')} open={open} onOpenChange={setOpen} className="w-[620px]"
        trigger={
          <Button look="quiet" size="icon" className="flex-none max-md:size-9" aria-label={t('where.edit')} title={t('where.edit')}><ListFilter /></Button>
        }
      >
        <Suspense><WhereBuilder first={read} filters={filters} me={me} people={people} onSave={save} /></Suspense>
      </Popover>
    </>
  );
}

function Cross({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={label} className="grid size-6 flex-none place-items-center rounded-s text-ink-3 hover:bg-hover max-md:size-9" onClick={onClick}>
      <X aria-hidden="true" className="size-[13px] stroke-[1.5]" />
    </button>
  );
}
