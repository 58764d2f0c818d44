import { getRouteApi } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { DuplicatesScreen } from '../features/leads/duplicates-screen';
import { MergeScreen } from '../features/leads/merge-screen';
import { t } from '../lib/en-merge';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/leads/merge');

export function DuplicatesPage() {
  const user = useSession((state) => state.user);
  useTitle(t('merge.duplicates'));
  return user && <DuplicatesScreen canChange={user.role !== 'viewer'} />;
}

export function MergePage() {
  const { a = '', b = '' } = route.useSearch();
  const navigate = route.useNavigate();
  useTitle(t('merge.title'));
  return <MergeScreen key={a + b} a={a} b={b} onMerged={(id) => void navigate({ to: '/leads/$id', params: { id }, search: {} })} />;
}
