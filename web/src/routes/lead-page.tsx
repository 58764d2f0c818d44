import { getRouteApi } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';

import { peopleQuery } from '../api/directory';
import { useSession } from '../api/session';
import { DealPanel } from '../features/deals/deal-panel';
import { LeadScreen } from '../features/leads/lead-screen';
import { useOthersHere } from '../features/presence/store';

const route = getRouteApi('/signed-in/leads/$id');

export function LeadPage() {
  const { id } = route.useParams();
  const navigate = route.useNavigate();
  const user = useSession((state) => state.user);
  const name = useQuery(peopleQuery).data?.find((person) => person.id === user?.id)?.full_name;
  const others = useOthersHere(`lead:${id}`, user && name !== undefined ? { id: user.id, name } : null);
  if (!user) return null;
  return (
    <LeadScreen
      key={id} id={id} user={user} others={others} deals={<DealPanel leadId={id} role={user.role} me={user.id} />}
      onOpen={(next) => void navigate({ to: '/leads/$id', params: { id: next }, replace: true })}
    />
  );
}
