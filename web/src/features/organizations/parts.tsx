// What both kinds of records show alike.
import type { ReactNode } from 'react';

import { ApiError } from '../../api/errors';
import type { TerritoryNode } from '../../api/rows';
import { t } from '../../lib/en-organizations';
import { shortFigure } from '../../lib/money';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';

/** Dollars short and without a sign: the head says them. */
export function Dollars({ amount }: { amount: number }) {
  if (amount === 0) return <span className="text-ink-3">–</span>;
  const { figure, unit } = shortFigure(amount);
  return <span className="tabular">{figure}{unit !== '' && ` ${unit}`}</span>;
}

export function Place({ id, nodes }: { id: number; nodes: Map<number, TerritoryNode> }) {
  const node = nodes.get(id);
  return <span className="text-ink-2"><span className="text-ink-3">{node?.country}</span> {node?.name}</span>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[104px_minmax(0,1fr)] items-baseline py-1 max-md:py-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children ?? <span className="text-ink-3">{t('org.unknown')}</span>}</dd>
    </div>
  );
}

export function LoadFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  return (
    <Failed
      title={t('org.load_failed')} requestLabel={t('app.request')} requestId={error instanceof ApiError ? error.requestId : null}
      actions={<Button onClick={onRetry}>{t('app.retry')}</Button>}
    >
      {error.message}
    </Failed>
  );
}
