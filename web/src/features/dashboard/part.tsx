// A part of the dashboard that is read by itself: what is there, that it failed and how to try again, or its place.
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { ApiError } from '../../api/errors';
import { t } from '../../lib/en-dash';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { Failed } from '../../ui/failed';

export function Part<T>({ query, height, children }: { query: UseQueryResult<T>; height: number; children: (data: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return (
      <Failed
        title={t('dash.failed_one')} requestLabel={t('app.request')}
        requestId={query.error instanceof ApiError ? query.error.requestId : null}
        actions={<Button onClick={() => void query.refetch()}>{t('app.retry')}</Button>}
      >
        {query.error.message}
      </Failed>
    );
  }
  return (
    <div className="border-b border-line p-4" style={{ height }}>
      <Delayed><span aria-hidden="true" className="skeleton w-40" /></Delayed>
    </div>
  );
}
