// The palette with what this app can do: go somewhere, look different, leave.
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { CircleHelp, LogOut, Plus, Rows3, SunMoon } from 'lucide-react';
import { useMemo } from 'react';

import { peopleQuery, personById, territoriesQuery } from '../../api/directory';
import { useSession } from '../../api/session';
import { useRecentLeads } from '../../features/leads/recent';
import type { Command } from '../../features/search/model';
import { Palette } from '../../features/search/palette';
import { scopeName } from '../../features/territories/model';
import { openStatuses } from '../../lib/domain';
import { t } from '../../lib/en-frame';
import { densities, setDensity, setTheme, themes } from '../../ui/theme';
import { placesOf } from './sidebar';

interface PaletteHostProps {
  onHelp: () => void;
  onSignOut: () => void;
  onClose: () => void;
}

export function PaletteHost({ onHelp, onSignOut, onClose }: PaletteHostProps) {
  const navigate = useNavigate();
  const role = useSession((state) => state.user?.role ?? 'viewer');
  const { territory } = useSearch({ strict: false });
  const people = useQuery(peopleQuery).data;
  const byId = useMemo(() => personById(people ?? []), [people]);
  const nodes = useQuery(territoriesQuery).data ?? [];
  const recent = useRecentLeads((state) => state.leads);
  const commands: Command[] = [
    ...placesOf(role).map(({ to, label, Icon, letter }): Command => ({
      id: `go${to}`, label: t('palette.go', { place: label }), icon: <Icon />, keys: ['G', letter],
      run: () => void navigate({ to }),
    })),
    { id: 'new', label: t('nav.new_lead'), icon: <Plus />, also: 'form create add', run: () => window.open('/f', '_blank', 'noreferrer') },
    { id: 'help', label: t('keys.title'), icon: <CircleHelp />, keys: ['?'], also: 'keyboard shortcuts help', run: onHelp },
    ...themes.map((look): Command => ({
      id: `theme-${look}`, label: t('palette.theme', { look: t(`look.${look}`) }), icon: <SunMoon />, run: () => setTheme(look),
    })),
    ...densities.map((look): Command => ({
      id: `density-${look}`, label: t('palette.density', { look: t(`look.${look}`) }), icon: <Rows3 />, run: () => setDensity(look),
    })),
    { id: 'sign-out', label: t('auth.sign_out'), icon: <LogOut />, also: 'log out leave', run: onSignOut },
  ];
  return (
    <Palette
      people={byId} nodes={nodes} scope={scopeName(nodes, undefined, t('territory.all'))} commands={commands} recent={recent}
      onClose={onClose}
      onLead={(id) => void navigate({ to: '/leads/$id', params: { id } })}
      onPerson={(id) => void navigate({ to: '/leads', search: { owner: id, status: [...openStatuses], territory } })}
      onTerritory={(id) => void navigate({ to: '.', search: (now: object) => ({ ...now, territory: id }) })}
    />
  );
}
