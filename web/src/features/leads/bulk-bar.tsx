// What can be done with the ticked leads: each button asks what it must know and says how many it will change.
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Archive, ArrowRightLeft, Download, Merge, Tag, UserPlus, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';

import { ApiError } from '../../api/errors';
import { refresh } from '../../api/refresh';
import type { PersonRow } from '../../api/rows';
import { bulkReason, count, t } from '../../lib/en-lead-work';
import { Popover } from '../../ui/popover';
import { toast } from '../../ui/toasts';
import { AssignForm, StatusForm, TagForm } from './bulk-forms';
import { type BulkAction, changeMany, type Progress, takeBack } from './bulk-run';
import { exportLeads } from './export';
import type { LeadFilters } from './filters';
import { matchingIds } from './queries';
import { clearSelection, useSelection } from './selection';

interface BulkBarProps {
  filters: LeadFilters;
  total: number | undefined;
  shown: number;
  people: PersonRow[];
  /** Managers assign and archive. */
  leads: boolean;
}

const button = 'flex h-8 items-center gap-1.5 rounded-m px-2.5 font-medium hover:bg-inv-line focus-visible:outline-on-inv [&_svg]:size-3.5 [&_svg]:stroke-[1.5] max-md:h-11';

const refusedWords = ({ refused }: Progress): string =>
  [...refused].map(([reason, n]) => count('bulk.refused', n, { reason: bulkReason(reason) })).join('; ');

const whyOf = (error: unknown): string =>
  error instanceof ApiError && error.isOffline ? t('view.offline') : error instanceof Error ? error.message : String(error);

function useBulk(ids: () => Promise<string[]>) {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | 'counting' | null>(null);
  const stopped = useRef(false);
  const isStopped = () => stopped.current;
  const readAgain = () => {
    refresh(client, ['leads']);
    refresh(client, ['territories']);
  };
  const undo = async (change: string) => {
    try {
      const end = await takeBack(change);
      toast([count('bulk.undone', end.done), refusedWords(end)].filter(Boolean).join('. '));
    } catch (error) {
      toast(t('bulk.undo_failed', { reason: whyOf(error) }), { tone: 'bad' });
    }
    readAgain();
  };
  const run = async (what: BulkAction) => {
    const change = crypto.randomUUID();
    stopped.current = false;
    let last: Progress = { done: 0, refused: new Map(), all: 0 };
    const back = { action: { label: t('bulk.undo'), run: () => void undo(change) }, ms: 15_000 };
    try {
      setProgress('counting');
      const all = await ids();
      last = { ...last, all: all.length };
      setProgress(last);
      last = await changeMany(change, what, all, (now) => {
        last = now;
        setProgress(now);
      }, isStopped);
      const words = [count('bulk.done', last.done), refusedWords(last), isStopped() ? t('bulk.stopped') : ''];
      toast(words.filter(Boolean).join('. '), last.done > 0 ? back : { tone: 'bad' });
      clearSelection();
    } catch (error) {
      toast(t('bulk.failed', { done: last.done, all: last.all, reason: whyOf(error) }), { tone: 'bad', ...(last.done > 0 && back) });
    }
    setProgress(null);
    readAgain();
  };
  return { progress, run, stop: () => (stopped.current = true) };
}

function Asking({ label, icon, children }: { label: string; icon: ReactNode; children: (close: () => void) => ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover
      label={label} side="top" align="center" className="w-[300px] p-4" open={open} onOpenChange={setOpen}
      trigger={<button type="button" className={button}>{icon}<span className="max-md:sr-only">{label}</span></button>}
    >
      {children(() => setOpen(false))}
    </Popover>
  );
}

export function BulkBar({ filters, total, shown, people, leads }: BulkBarProps) {
  const { ids, all } = useSelection();
  const n = all ? (total ?? 0) : ids.size;
  const [a, b] = all || ids.size !== 2 ? [] : [...ids];
  const { progress, run, stop } = useBulk(() => (all ? matchingIds(filters) : Promise.resolve([...ids])));
  if (n === 0) return null;
  const send = (close: () => void) => (what: BulkAction) => {
    close();
    void run(what);
  };
  const working = progress !== null && progress !== 'counting' ? progress : null;
  const seen = working ? working.done + [...working.refused.values()].reduce((sum, one) => sum + one, 0) : 0;
  return (
    <div
      role="region" aria-label={t('bulk.bar')}
      className="animate-rise absolute bottom-[46px] left-1/2 z-20 flex min-h-11 w-max max-w-[calc(100%-24px)] -translate-x-1/2 items-center gap-1 rounded-l bg-inv px-2 py-1 text-on-inv shadow-e3 max-md:bottom-3"
    >
      {progress === null ? (
        <>
          <p role="status" className="px-2 whitespace-nowrap"><b className="font-semibold">{all ? count('bulk.every', n) : count('bulk.selected', n)}</b></p>
          {!all && total !== undefined && total > n && n >= Math.min(shown, total) && (
            <button type="button" className={`${button} underline decoration-1 underline-offset-[3px]`} onClick={() => useSelection.setState({ all: true })}>
              {t('bulk.all', { n: total })}
            </button>
          )}
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-inv-line" />
          {leads && (
            <Asking label={t('bulk.assign')} icon={<UserPlus aria-hidden="true" />}>
              {(close) => <AssignForm n={n} people={people} onRun={send(close)} />}
            </Asking>
          )}
          <Asking label={t('bulk.status')} icon={<ArrowRightLeft aria-hidden="true" />}>
            {(close) => <StatusForm n={n} onRun={send(close)} />}
          </Asking>
          <Asking label={t('bulk.tag')} icon={<Tag aria-hidden="true" />}>
            {(close) => <TagForm n={n} onRun={send(close)} />}
          </Asking>
          <button type="button" className={button} onClick={() => void exportLeads(filters, all ? [] : [...ids], n)}>
            <Download aria-hidden="true" /><span className="max-md:sr-only">{t('export.button')}</span>
          </button>
          {a !== undefined && b !== undefined && (
            <Link to="/leads/merge" search={{ a, b }} className={button}><Merge aria-hidden="true" /><span className="max-md:sr-only">{t('bulk.merge')}</span></Link>
          )}
          {leads && (
            <Asking label={t('bulk.archive')} icon={<Archive aria-hidden="true" />}>
              {(close) => <StatusForm n={n} onRun={send(close)} archive />}
            </Asking>
          )}
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-inv-line" />
          <button type="button" aria-label={t('bulk.clear')} title={t('bulk.clear')} className={button} onClick={clearSelection}><X aria-hidden="true" /></button>
        </>
      ) : (
        <>
          <p role="status" className="tabular px-2">{working ? t('bulk.running', { done: seen, all: working.all }) : t('bulk.counting')}</p>
          <span aria-hidden="true" className="h-1.5 w-40 overflow-hidden rounded-[1px] bg-inv-line">
            <span className="block h-full bg-on-inv" style={{ width: `${working && working.all > 0 ? (seen / working.all) * 100 : 0}%` }} />
          </span>
          <button type="button" className={button} onClick={stop}>{t('bulk.stop')}</button>
        </>
      )}
    </div>
  );
}
