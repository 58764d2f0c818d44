import { getRouteApi } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { BoardScreen } from '../features/deals/board-screen';
import { t } from '../lib/en';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/pipeline');

export function PipelinePage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const user = useSession((state) => state.user);
  useTitle(t('nav.pipeline'));
  if (!user) return null;
  return (
    <BoardScreen user={user} search={search} onSearch={(change) => void navigate({ search: (now) => ({ ...now, ...change }) })} />
  );
}
