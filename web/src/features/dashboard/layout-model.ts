// Pure helpers of the arrangement: the widgets there are, their widths, and what a kept arrangement may say.
export const moreIds = [
  'conversion', 'velocity', 'scores', 'interest', 'sources', 'kinds', 'weeks', 'leaders', 'recent', 'sla', 'tasks', 'queue', 'map',
] as const;
export type MoreId = (typeof moreIds)[number];
export const widgetIds = ['per_day', 'funnel', 'feed', 'hot', 'places', ...moreIds] as const;
export type WidgetId = (typeof widgetIds)[number];

/** Twelfths of a wide screen. */
export const widths = [3, 4, 5, 6, 8, 12] as const;
export type Width = (typeof widths)[number];

export interface Placed {
  id: WidgetId;
  width: Width;
}

export const firstLayout: readonly Placed[] = [
  { id: 'per_day', width: 5 }, { id: 'funnel', width: 4 }, { id: 'feed', width: 3 }, { id: 'hot', width: 5 }, { id: 'places', width: 4 },
];

/** Whether a widget's code is loaded only when it is there. */
export const isMore = (id: WidgetId): id is MoreId => moreIds.some((one) => one === id);

const arrange = (text: string): Placed[] => readLayout(text.split('.').map((one) => {
  const [, id, width] = /^([a-z_]+)(\d+)$/.exec(one) ?? [];
  return { id, width: Number(width) };
}));

/** What each kind of work looks at first. */
export const templates: Readonly<Record<'rep' | 'manager' | 'admin' | 'viewer', readonly Placed[]>> = {
  rep: arrange('tasks4.hot5.feed3.sla4.recent5.queue4.funnel5.leaders4.velocity3'),
  manager: arrange('per_day5.sla4.feed3.weeks5.leaders4.queue4.conversion4.velocity4.hot5.scores4.places3'),
  admin: arrange('per_day5.funnel4.feed3.weeks5.map4.conversion4.sources4.kinds4.scores5.interest4.velocity3'),
  viewer: arrange('per_day5.funnel4.feed3.weeks5.map4.conversion4.scores4.kinds4'),
};

/** An arrangement as one word of an address, and back; null for what is none. */
export const layoutWord = (layout: readonly Placed[]): string => layout.map(({ id, width }) => `${id}${width}`).join('.');
export const layoutOf = (word: string | undefined): Placed[] | null => (word === undefined ? null : arrange(word));

/** An arrangement as it was kept: what is unknown or twice is left out; with nothing left it is the first. */
export function readLayout(kept: unknown): Placed[] {
  if (!Array.isArray(kept)) return [...firstLayout];
  const seen = new Set<WidgetId>();
  const layout = kept.flatMap((one: unknown): Placed[] => {
    const { id: name, width: wide } = (typeof one === 'object' && one !== null ? one : {}) as { id?: unknown; width?: unknown };
    const id = widgetIds.find((known) => known === name);
    const width = widths.find((known) => known === wide);
    if (id === undefined || width === undefined || seen.has(id)) return [];
    seen.add(id);
    return [{ id, width }];
  });
  return layout.length === 0 ? [...firstLayout] : layout;
}

export const hiddenOf = (layout: readonly Placed[]): WidgetId[] => widgetIds.filter((id) => !layout.some((one) => one.id === id));

/** A widget one place earlier or later. */
export function moved(layout: readonly Placed[], id: WidgetId, by: 1 | -1): Placed[] {
  const at = layout.findIndex((one) => one.id === id);
  const other = layout[at + by];
  return other ? placedAt(layout, id, other.id) : [...layout];
}

/** A widget in the place of another, which makes room. */
export function placedAt(layout: readonly Placed[], id: WidgetId, at: WidgetId): Placed[] {
  const one = layout.find((placed) => placed.id === id);
  const from = layout.findIndex((placed) => placed.id === id);
  const to = layout.findIndex((placed) => placed.id === at);
  if (!one || to < 0 || id === at) return [...layout];
  const rest = layout.filter((placed) => placed.id !== id);
  const place = rest.findIndex((placed) => placed.id === at) + (from < to ? 1 : 0);
  return [...rest.slice(0, place), one, ...rest.slice(place)];
}

export const resized = (layout: readonly Placed[], id: WidgetId, width: Width): Placed[] =>
  layout.map((one) => (one.id === id ? { id, width } : one));

/** The next width up or down; the same at an end. */
export const nextWidth = (width: Width, by: 1 | -1): Width => widths[widths.indexOf(width) + by] ?? width;

export const without = (layout: readonly Placed[], id: WidgetId): Placed[] => layout.filter((one) => one.id !== id);

export const withWidget = (layout: readonly Placed[], id: WidgetId): Placed[] =>
  [...without(layout, id), firstLayout.find((one) => one.id === id) ?? { id, width: 4 }];
