import { getRouteApi } from '@tanstack/react-router';

import { useSession } from '../api/session';
import { ContactScreen } from '../features/organizations/contact-screen';
import { DirectoryScreen } from '../features/organizations/directory-screen';
import { OrganizationScreen } from '../features/organizations/organization-screen';
import { t } from '../lib/en-organizations';
import { useTitle } from '../ui/use-title';

const organizations = getRouteApi('/signed-in/organizations');
const contacts = getRouteApi('/signed-in/contacts');
const organization = getRouteApi('/signed-in/organizations/$id');
const contact = getRouteApi('/signed-in/contacts/$id');

export function OrganizationsPage() {
  const search = organizations.useSearch();
  const navigate = organizations.useNavigate();
  useTitle(t('org.title'));
  return (
    <DirectoryScreen
      kind="organizations" search={search} onSearch={(change) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })}
      onOpen={(id) => void navigate({ to: '/organizations/$id', params: { id } })}
    />
  );
}

export function ContactsPage() {
  const search = contacts.useSearch();
  const navigate = contacts.useNavigate();
  useTitle(t('org.contacts'));
  return (
    <DirectoryScreen
      kind="contacts" search={search} onSearch={(change) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })}
      onOpen={(id) => void navigate({ to: '/contacts/$id', params: { id } })}
    />
  );
}

export function OrganizationPage() {
  const { id } = organization.useParams();
  const user = useSession((state) => state.user);
  return user && <OrganizationScreen key={id} id={id} user={user} />;
}

export function ContactPage() {
  const { id } = contact.useParams();
  const user = useSession((state) => state.user);
  return user && <ContactScreen key={id} id={id} user={user} />;
}
