// What happened, newest first. While somebody points at it, new rows wait under a count.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { ApiError } from '../../api/errors';
import type { PersonRow } from '../../api/rows';
import { useLink } from '../../api/realtime';
import { count, t } from '../../lib/en-dash';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';
import { Time } from '../../ui/time';
import { type FeedRow, feedQuery } from './queries';
import { halves } from './words';

interface FeedProps {
  territory: number | null;
  nodes: readonly number[] | null;
  people: Map<string, PersonRow>;
  scope: string;
}

export function Feed({ territory, nodes, people, scope }: FeedProps) {
  const { data, error, refetch } = useQuery(feedQuery(territory, nodes));
  const live = useLink((state) => state.link) === 'live';
  const [openedAt] = useState(() => Date.now());
  const [frozen, setFrozen] = useState<FeedRow[] | null>(null);
  const rows = frozen ?? data ?? [];
  const known = new Set(rows.map((row) => row.id));
  const waiting = frozen ? (data ?? []).filter((row) => !known.has(row.id)).length : 0;
  const nameOf = (id: string | null) =>
    id === null ? t('app.system') : (people.get(id)?.full_name ?? t('app.somebody'));
  return (
    <section
      aria-labelledby="feed-title" className="flex min-h-0 min-w-0 flex-1 flex-col border-line xl:border-l"
      onPointerEnter={() => setFrozen(data ?? null)} onPointerLeave={() => setFrozen(null)}
    >
      <div className="flex flex-none items-baseline gap-2 px-4 pt-3 pb-1.5">
        <h2 id="feed-title" className="max-md:text-15">{t('dash.feed')}</h2>
        <p className="truncate text-12 text-ink-3">{scope}</p>
        {live && (
          <p className="ml-auto flex items-center gap-[5px] text-12 text-ink-2">
            <span aria-hidden="true" className="size-1.5 rounded-full bg-flare" />{t('app.live')}
          </p>
        )}
      </div>
      {waiting > 0 && (
        <button
          type="button" onClick={() => setFrozen(data ?? null)}
          className="mx-4 mb-1 flex items-center gap-2 border-b border-flare text-12 font-medium text-flare"
        >
          {count('dash.feed_new', waiting)} {t('leads.show')}
        </button>
      )}
      {error && !data && (
        <Failed
          title={t('dash.failed_one')} requestLabel={t('app.request')}
          requestId={error instanceof ApiError ? error.requestId : null}
          actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
        >
          {error.message}
        </Failed>
      )}
      {data?.length === 0 && <p className="px-4 py-2 text-ink-2">{t('dash.feed_empty')}</p>}
      <div role="log" aria-live="polite" aria-labelledby="feed-title" tabIndex={0} className="min-h-0 overflow-auto pb-3 outline-offset-[-2px]">
        <ol>
          {rows.map((row) => {
            const [before, after] = halves(row, nameOf);
            const isNew = Date.parse(row.created_at) > openedAt;
            return (
              <li
                key={row.id}
                className={`relative grid grid-cols-[58px_minmax(0,1fr)] gap-x-2.5 py-[7px] pr-4 leading-[17px] ${isNew ? 'animate-rise before:absolute before:inset-y-[9px] before:left-0 before:w-0.5 before:bg-flare' : ''}`}
              >
                <Time at={row.created_at} as="stamp" className="text-right text-11 leading-[17px] text-ink-3" />
                <span className="text-ink-2">
                  {before}
                  {row.submission_id !== null && row.submissions !== null
                    ? (
                      <Link to="/leads/$id" params={{ id: row.submission_id }} className="font-medium text-ink hover:underline">
                        {row.submissions.business_name}
                      </Link>
                    )
                    : <span className="font-medium text-ink">{row.subject}</span>}
                  {after}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
    </section>
  );
}
