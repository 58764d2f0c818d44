// Theme and row height: remembered, applied to the root before paint by /theme.js and here on change.
import { create } from 'zustand';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['compact', 'normal', 'roomy'] as const;
export type Density = (typeof densities)[number];
export const rowHeights: Record<Density, number> = { compact: 30, normal: 36, roomy: 44 };

const read = <T extends string>(key: string, known: readonly T[], otherwise: T): T =>
  known.find((value) => value === localStorage.getItem(key)) ?? otherwise;

interface Look {
  theme: Theme;
  density: Density;
}

export const useLook = create<Look>(() => ({
  theme: read('flash.theme', themes, 'system'),
  density: read('flash.density', densities, 'normal'),
}));

const system = matchMedia('(prefers-color-scheme: dark)');

function apply({ theme, density }: Look): void {
  const dark = theme === 'dark' || (theme === 'system' && system.matches);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  document.documentElement.dataset['density'] = density;
}

useLook.subscribe(apply);
system.addEventListener('change', () => apply(useLook.getState()));

export function setTheme(theme: Theme): void {
  localStorage.setItem('flash.theme', theme);
  useLook.setState({ theme });
}

export function setDensity(density: Density): void {
  localStorage.setItem('flash.density', density);
  useLook.setState({ density });
}
