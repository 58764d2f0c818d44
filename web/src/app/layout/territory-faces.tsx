// Who of those online works where: faces beside the nodes they were given.
import { useQuery } from '@tanstack/react-query';

import { placesQuery } from '../../api/directory';
import { useOnlinePeople } from '../../features/presence/store';
import { Avatar } from '../../ui/avatar';

const shown = 3;

export function TerritoryFaces({ node }: { node: number }) {
  const places = useQuery(placesQuery).data;
  const people = useOnlinePeople((state) => state.people);
  const here = people.filter(({ id }) => places?.some((place) => place.territory_id === node && place.profile_id === id));
  if (here.length === 0) return null;
  return (
    <span className="flex flex-none [&>*+*]:-ml-[3px]">
      {here.slice(0, shown).map((person) => (
        <Avatar key={person.id} id={person.id} name={person.name} size="s" className="shadow-[0_0_0_1.5px_var(--raised)]" />
      ))}
    </span>
  );
}
