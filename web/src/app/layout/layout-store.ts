// Whether the sidebar is narrow, and which of its sections are closed: remembered on this computer.
import { create } from 'zustand';

const key = 'flash.sidebar';
const closedKey = 'flash.sidebar.closed';

interface Layout {
  narrow: boolean;
  closed: readonly string[];
}

export const useLayout = create<Layout>(() => ({
  narrow: localStorage.getItem(key) === 'narrow',
  closed: (localStorage.getItem(closedKey) ?? '').split(' ').filter((name) => name !== ''),
}));

export function toggleSidebar(): void {
  const narrow = !useLayout.getState().narrow;
  localStorage.setItem(key, narrow ? 'narrow' : 'wide');
  useLayout.setState({ narrow });
}

export function toggleSection(name: string): void {
  const { closed } = useLayout.getState();
  const next = closed.includes(name) ? closed.filter((one) => one !== name) : [...closed, name];
  localStorage.setItem(closedKey, next.join(' '));
  useLayout.setState({ closed: next });
}
