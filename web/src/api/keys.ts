// The query keys, so that a change and the queries it touches use the same names.
export const keys = {
  people: ['people'] as const,
  territories: ['territories'] as const,
  formConfig: ['form-config'] as const,
  leads: ['leads'] as const,
  leadList: (filters: object) => ['leads', 'list', filters] as const,
  leadCount: (filters: object) => ['leads', 'count', filters] as const,
  waiting: (filters: object) => ['leads', 'waiting', filters] as const,
  lead: (id: string) => ['leads', 'one', id] as const,
  timeline: (id: string) => ['leads', 'timeline', id] as const,
  dashboard: ['dashboard'] as const,
  stats: (territory: number | null) => ['dashboard', 'stats', territory] as const,
  perDay: (territory: number | null) => ['dashboard', 'per-day', territory] as const,
  funnel: (territory: number | null) => ['dashboard', 'funnel', territory] as const,
  hotLeads: (territory: number | null) => ['dashboard', 'hot', territory] as const,
  activities: ['activities'] as const,
  feed: (territory: number | null) => ['activities', 'feed', territory] as const,
};
