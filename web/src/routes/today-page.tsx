import { useQuery } from '@tanstack/react-query';

import { peopleQuery } from '../api/directory';
import { useSession } from '../api/session';
import { TodayScreen } from '../features/leads/today-screen';
import { t } from '../lib/en-today';
import { useTitle } from '../ui/use-title';

export function TodayPage() {
  const user = useSession((state) => state.user);
  const people = useQuery(peopleQuery).data;
  useTitle(t('today.title'));
  const zone = people?.find(({ id }) => id === user?.id)?.time_zone;
  return user && zone !== undefined && <TodayScreen me={user.id} zone={zone} />;
}
