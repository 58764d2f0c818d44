// Why it was not sent, with the answers still there and a way to try again.
import { WifiOff } from 'lucide-react';

import { ApiError } from '../../api/errors';
import { t } from '../../lib/en-form';
import { Button } from '../../ui/button';
import { useOnline } from '../../ui/use-online';

export function SendProblem({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const online = useOnline();
  const offline = error instanceof ApiError && error.isOffline;
  const busy = error instanceof ApiError && error.status === 429;
  return (
    <div role="alert" className="flex gap-2.5 rounded-m bg-warn-tint px-3.5 py-3">
      <WifiOff aria-hidden="true" className="mt-0.5 size-4 flex-none stroke-[1.5] text-warn" />
      <div>
        <p className="font-semibold">{t(offline ? 'offline_heading' : 'failed_heading')}</p>
        <p className="text-ink-2">{t(offline ? 'offline_more' : busy ? 'busy_more' : 'failed_more')}</p>
        {error instanceof ApiError && error.requestId && (
          <p className="text-13 text-ink-2 select-all">{t('request')} {error.requestId}</p>
        )}
        <Button className="mt-2 h-11" disabled={!online} onClick={onRetry}>{t('retry')}</Button>
      </div>
    </div>
  );
}
