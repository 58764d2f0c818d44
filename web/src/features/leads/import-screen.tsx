// Importing leads: a file is chosen, sent, checked, run, and taken back; each step says what it did.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';

import { territoriesQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import { keys } from '../../api/keys';
import { refresh } from '../../api/refresh';
import { rpc } from '../../api/rpc';
import { count, t } from '../../lib/en-import';
import { Button, buttonClass } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { unsurveyed } from '../../ui/drawings';
import { Empty } from '../../ui/empty';
import { Failed } from '../../ui/failed';
import { Time } from '../../ui/time';
import { ImportMapping } from './import-mapping';
import { importQuery, type ImportRow, importsQuery, sendFile, works } from './import-queries';
import { ImportCounts, ImportProblems } from './import-result';
import { LeadSkeleton } from './lead-skeleton';

const why = (error: Error): string =>
  error instanceof ApiError && error.isOffline && error.code === '' && error.message.startsWith('Type') ? t('import.offline') : error.message;

function Bar({ share, words }: { share: number; words: string }) {
  return (
    <div className="px-4 py-4">
      <p role="status" className="mb-1.5">{words}</p>
      <progress value={share} max={1} aria-label={words} className="h-1.5 w-full max-w-[480px] accent-sea" />
    </div>
  );
}

function Choose({ onStarted }: { onStarted: (id: string) => void }) {
  const input = useId();
  const recent = useQuery(importsQuery).data ?? [];
  const [share, setShare] = useState(0);
  const send = useMutation({ mutationFn: (file: File) => sendFile(file, setShare), onSuccess: onStarted });
  if (send.isPending) return <Bar share={share} words={t('import.sending')} />;
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) send.mutate(file);
  };
  return (
    <>
      {send.error && <Failed title={t('import.failed')} requestLabel={t('app.request')} requestId={send.error instanceof ApiError ? send.error.requestId : null}>{why(send.error)}</Failed>}
      <div
        className="m-4 rounded-l border border-dashed border-line-strong px-5 py-10 text-center"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          take(event.dataTransfer.files);
        }}
      >
        <label htmlFor={input} className={`${buttonClass('primary')} cursor-pointer focus-within:outline-2 max-md:h-11`}>
          {t('import.choose')}
          <input id={input} type="file" accept=".csv,.tsv,.txt,text/csv" className="sr-only" onChange={(event) => take(event.target.files)} />
        </label>
        <p className="mt-2 text-ink-3">{t('import.drop')}</p>
        <p className="mx-auto mt-3 max-w-[62ch] text-ink-2">{t('import.choose_more')}</p>
      </div>
      {recent.length > 0 && (
        <section aria-labelledby="recent" className="px-4 pb-4">
          <h2 id="recent" className="mb-1">{t('import.recent')}</h2>
          <ul>
            {recent.map((row) => (
              <li key={row.id} className="border-b border-line">
                <Link to="/leads/import" search={{ id: row.id }} className="flex min-h-9 flex-wrap items-center gap-x-3 hover:bg-hover max-md:min-h-11">
                  <span className="min-w-0 flex-1 truncate font-medium">{row.file_name}</span>
                  <span className="text-ink-2">{count('import.rows', row.total)}</span>
                  <span className="text-ink-2">{t(`import.state_${row.state}`)}</span>
                  <span className="text-ink-3"><Time at={row.created_at} /></span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function Steps({ row }: { row: ImportRow }) {
  const client = useQueryClient();
  const nodes = useQuery(territoriesQuery).data ?? [];
  const step = useMutation({
    mutationFn: ({ name, ...args }: { name: 'check_import' | 'run_import' | 'undo_import' | 'cancel_import'; p_mapping?: object }) =>
      rpc(name, { p_import: row.id, ...args }),
    onSettled: () => refresh(client, keys.importOne(row.id)),
  });
  const countries = nodes.filter(({ kind }) => kind === 'country').map(({ country, name }) => ({ code: country ?? '', name }));
  const busy = step.isPending || works(row.state);
  const n = row.fresh + row.updates;
  return (
    <div className="min-h-0 flex-1 overflow-auto" tabIndex={0}>
      {step.error && <Failed title={t('import.title')} requestLabel={t('app.request')} requestId={step.error instanceof ApiError ? step.error.requestId : null}>{t('import.failed_action', { reason: why(step.error) })}</Failed>}
      {row.state === 'failed' && <Failed title={t('import.failed')} requestLabel="" requestId={null}>{row.reason}</Failed>}
      {works(row.state) ? <Bar share={row.progress / 100} words={t(`import.${row.state as 'checking'}`)} /> : (
        <p role="status" className="px-4 py-4 text-15 font-semibold">{row.state === 'failed' || row.state === 'sending' ? row.file_name : t(`import.${row.state}`)}</p>
      )}
      {row.header.length > 0 && <ImportCounts row={row} />}
      <div className="flex flex-wrap items-center gap-3 px-4 py-4">
        {row.state === 'checked' && n > 0 && (
          <Button look="primary" className="max-md:h-11" disabled={busy} onClick={() => step.mutate({ name: 'run_import' })}>{count('import.do', n)}</Button>
        )}
        {row.state === 'checked' && n === 0 && <p className="text-ink-2">{t('import.nothing')}</p>}
        {(row.state === 'checking' || row.state === 'running') && (
          <Button className="max-md:h-11" onClick={() => step.mutate({ name: 'cancel_import' })}>{t('import.cancel')}</Button>
        )}
        {['done', 'cancelled', 'undone'].includes(row.state) && (
          <p className="text-ink-2">
            {row.state !== 'undone' && count('import.written', row.written)}{' '}{row.refused > 0 && count('import.kept', row.refused)}
          </p>
        )}
        {(row.state === 'done' || row.state === 'cancelled') && row.written > 0 && (
          <Button className="max-md:h-11" disabled={busy} onClick={() => step.mutate({ name: 'undo_import' })}>{t('import.undo')}</Button>
        )}
      </div>
      {row.header.length > 0 && (row.state === 'checked' || row.state === 'failed') && (
        <ImportMapping key={JSON.stringify(row.mapping)} row={row} countries={countries} busy={busy} onCheck={(mapping) => step.mutate({ name: 'check_import', p_mapping: mapping })} />
      )}
      {!works(row.state) && <ImportProblems row={row} />}
    </div>
  );
}

export function ImportScreen({ id, onStarted }: { id: string | undefined; onStarted: (id: string) => void }) {
  const { data: row, error } = useQuery({ ...importQuery(id ?? ''), enabled: id !== undefined });
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[54px]">
        <h1 className="text-15">{t('import.title')}</h1>
        {row && <p className="min-w-0 truncate text-ink-3">{row.file_name}</p>}
        <span className="flex-1" />
        {id === undefined
          ? <Link to="/leads" className={buttonClass('quiet')}>{t('import.back')}</Link>
          : <Link to="/leads/import" search={{}} className={buttonClass('quiet')}>{t('import.another')}</Link>}
      </div>
      {id === undefined ? <div className="min-h-0 flex-1 overflow-auto"><Choose onStarted={onStarted} /></div>
        : row ? <Steps row={row} />
        : error ? (
          <Empty heading="h2" drawing={unsurveyed} title={t('import.missing')} actions={<Link to="/leads/import" search={{}} className={buttonClass()}>{t('import.another')}</Link>}>
            {t('import.missing_more')}
          </Empty>
        ) : <Delayed><LeadSkeleton phone={false} /></Delayed>}
    </>
  );
}
