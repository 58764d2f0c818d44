// What stands round one organisation or contact: the way back, missing and failed, and the columns.
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';

import { ApiError } from '../../api/errors';
import { t } from '../../lib/en-organizations';
import { buttonClass } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { cut, unsurveyed } from '../../ui/drawings';
import { Empty } from '../../ui/empty';
import { useMedia } from '../../ui/use-media';
import { LoadFailed } from './parts';
import type { Kind } from './queries';

export interface RecordState {
  error: Error | null;
  fetchStatus: 'fetching' | 'paused' | 'idle';
  refetch: () => unknown;
}

/** Shown while there is no record: it is read, it is not there, or it could not be read. */
export function NoRecord({ kind, state }: { kind: Kind; state: RecordState }) {
  const { error, fetchStatus, refetch } = state;
  const known = error instanceof ApiError ? error : null;
  // An id that is no id at all is as little there as one that may not be seen.
  const missing = known?.status === 404 || known?.code === '22P02';
  const offline = known?.isOffline === true || fetchStatus === 'paused';
  if (missing || offline) {
    return (
      <Empty
        heading="h1" drawing={offline ? cut : unsurveyed} title={t(offline ? 'org.offline' : 'empty.missing')}
        actions={<Link to={kind === 'contacts' ? '/contacts' : '/organizations'} className={buttonClass()}>{t(kind === 'contacts' ? 'org.back_contacts' : 'org.back')}</Link>}
      >
        {t(offline ? 'org.offline_more' : 'empty.missing_more')}
      </Empty>
    );
  }
  if (error) return <LoadFailed error={error} onRetry={() => void refetch()} />;
  return (
    <Delayed>
      <div aria-hidden="true" className="grid flex-1 content-start gap-4 p-5">
        {[220, 140, 280, 180, 240].map((width) => <span key={width} className="skeleton" style={{ width }} />)}
      </div>
    </Delayed>
  );
}

interface RecordFrameProps {
  kind: Kind;
  name: string;
  actions?: ReactNode;
  facts: ReactNode;
  children: ReactNode;
  /** Beside the middle where there is room, below it where not. */
  aside?: ReactNode;
}

export function RecordFrame({ kind, name, actions, facts, children, aside }: RecordFrameProps) {
  const wide = useMedia('(min-width: 1360px)');
  return (
    <>
      <div className="flex h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:h-[52px]">
        <nav aria-label={t('org.path')} className="min-w-0">
          <ol className="flex items-center gap-1.5">
            <li className="flex-none">
              <Link to={kind === 'contacts' ? '/contacts' : '/organizations'} className="flex items-center gap-1 rounded-s text-ink-2 hover:text-ink max-md:h-11">
                <ArrowLeft aria-hidden="true" className="size-3.5 stroke-[1.5]" />{t(kind === 'contacts' ? 'org.back_contacts' : 'org.back')}
              </Link>
            </li>
            <li aria-current="page" className="flex min-w-0 gap-1.5 max-md:sr-only">
              <span aria-hidden="true" className="text-ink-3">/</span><span className="truncate">{name}</span>
            </li>
          </ol>
        </nav>
        <span className="flex-1" />
        {actions}
      </div>
      <div className={`grid min-h-0 flex-1 content-start overflow-auto md:grid-cols-[336px_minmax(0,1fr)] md:content-stretch md:overflow-hidden ${wide && aside !== undefined ? 'xl:grid-cols-[336px_minmax(0,1fr)_340px]' : ''}`}>
        <div className="min-w-0 border-line max-md:border-b md:overflow-auto md:border-r">{facts}</div>
        <div className="min-w-0 md:overflow-auto">
          {children}
          {!wide && aside}
        </div>
        {wide && aside !== undefined && <div className="min-w-0 overflow-auto border-l border-line">{aside}</div>}
      </div>
    </>
  );
}
