// A screen that could not be drawn: what happened, what to do, and the id to quote.
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';

import { ApiError } from '../api/errors';
import { t } from '../lib/en';
import { Button } from '../ui/button';
import { Failed } from '../ui/failed';

export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <main className="min-h-full bg-surface">
      <Failed
        title={t('error.title')} requestLabel={t('app.request')}
        requestId={error instanceof ApiError ? error.requestId : null}
        actions={<Button onClick={again}>{t('app.retry')}</Button>}
      >
        {error instanceof Error ? error.message : null}
      </Failed>
    </main>
  );
}
