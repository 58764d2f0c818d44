// What stands round every screen behind sign-in, and the one live connection.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';

import { peopleQuery, personById } from '../../api/directory';
import { onSignedOut, signOut, useSession } from '../../api/session';
import { forgetLeads } from '../../features/leads/recent';
import { joinApp } from '../../features/presence/store';
import { t } from '../../lib/en';
import { Toasts } from '../../ui/toasts';
import { useKeys } from '../../ui/use-keys';
import { usePhone } from '../../ui/use-media';
import { goLive } from '../live';
import { Header } from './header';
import { useLayout } from './layout-store';
import { OfflineBar } from './offline-bar';
import { placesOf, Sidebar } from './sidebar';

const loadPalette = () => import('./palette-host').then((part) => ({ default: part.PaletteHost }));
const PhoneTabs = lazy(() => import('./phone-tabs').then((part) => ({ default: part.PhoneTabs })));
const PaletteHost = lazy(loadPalette);
const KeyHelp = lazy(() => import('./key-help').then((part) => ({ default: part.KeyHelp })));

export function Shell() {
  const user = useSession((state) => state.user);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const phone = usePhone();
  const narrow = useLayout((state) => state.narrow);
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  const people = useQuery(peopleQuery).data;
  const id = user?.id;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const name = (id === undefined ? undefined : byId.get(id)?.full_name) ?? user?.email ?? '';

  useEffect(() => (id === undefined ? undefined : goLive(queryClient)), [id, queryClient]);
  useEffect(
    () => (id === undefined || people === undefined ? undefined : joinApp({ id, name })),
    [id, name, people],
  );
  useEffect(
    () => onSignedOut(() => {
      queryClient.clear();
      forgetLeads();
      void navigate({ to: '/sign-in', search: {} });
    }),
    [navigate, queryClient],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      setHelp(false);
      setPalette((open) => !open);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  useKeys({
    '?': () => setHelp(true),
    ...Object.fromEntries(placesOf(user?.role ?? 'viewer').map(({ to, letter }) => [`g ${letter.toLowerCase()}`, () => void navigate({ to })])),
  });

  if (!user) return null;
  const frame = { user, name, onSignOut: () => void signOut() };
  const header = (
    <Header
      {...frame} people={byId} onHelp={() => setHelp(true)} onSearch={() => setPalette(true)} onSearchNear={() => void loadPalette()}
    />
  );
  return (
    <>
      <a href="#main" className="sr-only z-50 rounded-m bg-raised px-3 py-2 shadow-e2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('app.skip')}
      </a>
      <div
        className="grid h-dvh overflow-hidden bg-surface max-md:grid-rows-[auto_1fr_auto] md:grid-rows-[auto_1fr]"
        style={phone ? { gridTemplateColumns: 'minmax(0, 1fr)' } : { gridTemplateColumns: `${narrow ? 52 : 208}px minmax(0, 1fr)` }}
      >
        {!phone && <Sidebar {...frame} />}
        {header}
        <main id="main" tabIndex={-1} className="relative flex min-h-0 flex-col overflow-hidden bg-surface outline-none max-md:text-15">
          <OfflineBar />
          <Outlet />
        </main>
        {phone && <Suspense fallback={<div className="h-[57px] flex-none border-t border-line" />}><PhoneTabs /></Suspense>}
      </div>
      <Toasts />
      {palette && <Suspense><PaletteHost onHelp={() => setHelp(true)} onSignOut={frame.onSignOut} onClose={() => setPalette(false)} /></Suspense>}
      {help && <Suspense><KeyHelp onClose={() => setHelp(false)} /></Suspense>}
    </>
  );
}
