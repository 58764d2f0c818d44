// Faces of who is online.
import { t } from '../../lib/en';
import { Avatar } from '../../ui/avatar';
import { useOnlinePeople } from './store';

/** A row of faces for the header: the others, four at most. */
export function OnlineFaces({ me }: { me: string }) {
  const people = useOnlinePeople((state) => state.people);
  const others = people.filter(({ id }) => id !== me);
  if (people.length === 0) return null;
  return (
    <div className="flex items-center gap-2" role="group" aria-label={t('presence.online')}>
      <span className="flex [&>*+*]:-ml-[3px]">
        {others.slice(0, 4).map((person) => (
          <Avatar key={person.id} {...person} className="shadow-[0_0_0_1.5px_var(--surface)]" />
        ))}
      </span>
      <span className="text-12 whitespace-nowrap text-ink-3">
        {others.length === 0 ? t('presence.only_you') : t('presence.count', { n: people.length })}
      </span>
    </div>
  );
}
