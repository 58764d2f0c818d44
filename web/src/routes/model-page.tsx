import { getRouteApi, Link } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { ModelScreen } from '../features/model/model-screen';
import { t } from '../lib/en-model';
import { buttonClass } from '../ui/button';
import { unsurveyed } from '../ui/drawings';
import { Empty } from '../ui/empty';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/model');

export function ModelPage() {
  const { version } = route.useSearch();
  const navigate = route.useNavigate();
  const user = useSession((state) => state.user);
  useTitle(t('model.title'));
  if (!user) return null;
  if (user.role !== 'manager' && user.role !== 'admin') {
    return (
      <Empty heading="h1" drawing={unsurveyed} title={t('model.only_managers')} actions={<Link to="/leads" className={buttonClass()}>{t('empty.back')}</Link>}>
        {t('model.only_managers_more')}
      </Empty>
    );
  }
  return <ModelScreen version={version} onVersion={(id) => void navigate({ search: (now) => ({ ...now, version: id }) })} />;
}
