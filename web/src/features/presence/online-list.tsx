// Who is online, by name; a dot tells who is idle.
import { count, t } from '../../lib/en-dash';
import { Avatar } from '../../ui/avatar';
import { useOnlinePeople } from './store';

/** Everybody by name, for the dashboard. */
export function OnlineList({ me }: { me: string }) {
  const people = useOnlinePeople((state) => state.people);
  return (
    <section aria-labelledby="online-title" className="min-w-0">
      <h2 id="online-title" className="flex items-baseline gap-2">
        {t('dash.people')}
        <span className="text-12 font-normal text-ink-3">{count('dash.people_sub', people.length)}</span>
      </h2>
      <ul className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1.5">
        {people.map((person) => (
          <li key={person.id} className="flex items-center gap-2">
            <Avatar {...person} status={person.idle ? 'idle' : 'online'} />
            <span className="min-w-0 truncate">{person.name}</span>
            <span className="text-12 text-ink-3">
              {person.id === me ? t('app.you') : person.idle ? t('presence.idle') : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
