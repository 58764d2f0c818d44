import { getRouteApi } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { NoticeScreen } from '../features/notifications/notice-screen';
import { t } from '../lib/en';
import { useTitle } from '../ui/use-title';

const route = getRouteApi('/signed-in/notifications');

export function NotificationsPage() {
  const { show } = route.useSearch();
  const navigate = route.useNavigate();
  const user = useSession((state) => state.user);
  useTitle(t('nav.notices'));
  if (!user) return null;
  return (
    <NoticeScreen
      me={user.id} unreadOnly={show === 'unread'} onUnreadOnly={(unread) => void navigate({ search: (now) => ({ ...now, show: unread ? 'unread' : undefined }) })}
      onOpen={(id) => void navigate({ to: '/leads/$id', params: { id } })}
    />
  );
}
