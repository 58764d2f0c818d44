import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';

import { useSession } from '../api/session';
import { markOf, viewsQuery } from '../features/leads/view-queries';
import { LeadListScreen } from '../features/leads/lead-list-screen';
import { useTitle } from '../ui/use-title';
import { t } from '../lib/en';
import { parseSearch } from '../lib/search';
import { parseLeadSearch } from './leads';

const LeadPreview = lazy(() => import('../features/leads/lead-preview').then((part) => ({ default: part.LeadPreview })));
const route = getRouteApi('/signed-in/leads');

export function LeadsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const user = useSession((state) => state.user);
  const first = useQuery(viewsQuery).data?.find((view) => markOf(view).is_default);
  const isPlain = Object.entries(search).every(([name, value]) => name === 'territory' || value === undefined);
  useEffect(() => {
    if (!isPlain || !first) return;
    void navigate({ search: ({ territory }) => ({ ...parseLeadSearch(parseSearch(first.query)), view: first.id, territory }), replace: true });
  }, [isPlain, first, navigate]);
  useTitle(t('leads.title'));
  if (!user) return null;
  return (
    <LeadListScreen
      search={search} me={user.id} role={user.role}
      preview={search.open !== undefined && (
        <Suspense><LeadPreview id={search.open} user={user} onClose={() => void navigate({ search: (now) => ({ ...now, open: undefined }) })} /></Suspense>
      )}
      onView={(id, query) => void navigate({ search: ({ territory }) => ({ ...parseLeadSearch(parseSearch(query)), view: id, territory }) })}
      onSearch={(change) => void navigate({ search: (now) => ({ ...now, ...change }) })}
      onOpen={(id) => void navigate({ to: '/leads/$id', params: { id } })}
    />
  );
}
