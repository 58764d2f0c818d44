import { getRouteApi } from '@tanstack/react-router';

import { ImportScreen } from '../features/leads/import-screen';
import { t } from '../lib/en-import';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/leads/import');

export function ImportPage() {
  const { id } = route.useSearch();
  const navigate = route.useNavigate();
  useTitle(t('import.title'));
  return <ImportScreen id={id} onStarted={(next) => void navigate({ search: { id: next } })} />;
}
