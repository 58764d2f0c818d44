// The rules of a territory: in words, in order, tried before they are saved; beside them the people and the past.
import { useQuery } from '@tanstack/react-query';

import { nodeById, territoriesQuery } from '../../api/directory';
import { ApiError } from '../../api/errors';
import type { Role } from '../../lib/domain';
import { t } from '../../lib/en-routing';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { unsurveyed } from '../../ui/drawings';
import { Empty } from '../../ui/empty';
import { Failed } from '../../ui/failed';
import { deskQuery } from './queries';
import { RulesView } from './rules-view';

interface RoutingScreenProps {
  role: Role;
  territory: number | null;
}

function Bar() {
  return (
    <div className="flex min-h-[46px] flex-none items-center gap-2.5 border-b border-line px-4 max-md:min-h-[54px]">
      <h1 className="text-15">{t('route.title')}</h1>
    </div>
  );
}

export function RoutingScreen({ role, territory }: RoutingScreenProps) {
  const manages = role === 'manager' || role === 'admin';
  const desk = useQuery({ ...deskQuery(territory), enabled: manages });
  const nodes = useQuery(territoriesQuery).data;
  if (!manages || desk.data === null) return <><Bar /><Empty drawing={unsurveyed} title={t('route.none')}>{t('route.none_more')}</Empty></>;
  if (desk.error && !desk.data) {
    return (
      <>
        <Bar />
        <Failed
          title={t('route.load_failed')} requestLabel={t('app.request')} requestId={desk.error instanceof ApiError ? desk.error.requestId : null}
          actions={<Button onClick={() => void desk.refetch()}>{t('app.retry')}</Button>}
        >
          {desk.error.message}
        </Failed>
      </>
    );
  }
  if (!desk.data || !nodes) {
    return (
      <>
        <Bar />
        <Delayed><div aria-hidden="true">{Array.from({ length: 7 }, (_, i) => <div key={i} className="mx-4 h-[54px] border-t border-line first:border-t-0" />)}</div></Delayed>
      </>
    );
  }
  return <RulesView desk={desk.data} nodes={nodeById(nodes)} />;
}
