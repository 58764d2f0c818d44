// Whether the sidebar is narrow: remembered on this computer.
import { create } from 'zustand';

const key = 'flash.sidebar';

export const useLayout = create<{ narrow: boolean }>(() => ({ narrow: localStorage.getItem(key) === 'narrow' }));

export function toggleSidebar(): void {
  const narrow = !useLayout.getState().narrow;
  localStorage.setItem(key, narrow ? 'narrow' : 'wide');
  useLayout.setState({ narrow });
}
