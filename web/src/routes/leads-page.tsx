import { getRouteApi } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { LeadListScreen } from '../features/leads/lead-list-screen';
import { useTitle } from '../ui/use-title';
import { t } from '../lib/en';

const route = getRouteApi('/signed-in/leads');

export function LeadsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const user = useSession((state) => state.user);
  useTitle(t('leads.title'));
  if (!user) return null;
  return (
    <LeadListScreen
      search={search} me={user.id} canOwn={user.role !== 'viewer'}
      onSearch={(change) => void navigate({ search: (now) => ({ ...now, ...change }) })}
      onOpen={(id) => void navigate({ to: '/leads/$id', params: { id } })}
    />
  );
}
