// The leads one looked at last, for the sidebar and the palette: remembered on this computer until sign-out.
import { create } from 'zustand';

export interface RecentLead {
  id: string;
  name: string;
}

const key = 'flash.recent';
const kept = 5;

function read(): RecentLead[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.flatMap((one: unknown) => {
      const { id, name } = (one ?? {}) as Partial<RecentLead>;
      return typeof id === 'string' && typeof name === 'string' ? [{ id, name }] : [];
    }).slice(0, kept);
  } catch {
    return [];
  }
}

export const useRecentLeads = create<{ leads: RecentLead[] }>(() => ({ leads: read() }));

export function rememberLead(lead: RecentLead): void {
  const { leads } = useRecentLeads.getState();
  if (leads[0]?.id === lead.id && leads[0].name === lead.name) return;
  const next = [lead, ...leads.filter(({ id }) => id !== lead.id)].slice(0, kept);
  localStorage.setItem(key, JSON.stringify(next));
  useRecentLeads.setState({ leads: next });
}

export function forgetLeads(): void {
  localStorage.removeItem(key);
  useRecentLeads.setState({ leads: [] });
}
