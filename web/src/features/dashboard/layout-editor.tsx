// Arranging the dashboard: each widget is dragged by its grip, or moved and sized by the arrows on it and by its menu.
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { GripVertical, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

import { supabase } from '../../api/client';
import { ApiError, unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { roles } from '../../lib/domain';
import { t } from '../../lib/en-layout';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toasts';
import {
  firstLayout, hiddenOf, moved, nextWidth, placedAt, type Placed, resized, templates, type WidgetId, widgetIds, type Width, widths, without, withWidget,
} from './layout-model';

interface LayoutBarProps {
  layout: readonly Placed[];
  me: string;
  onLayout: (layout: readonly Placed[]) => void;
  onClose: () => void;
}

const select = 'h-7 rounded-m border border-line-strong bg-surface px-1.5 font-medium';

export function LayoutBar({ layout, me, onLayout, onClose }: LayoutBarProps) {
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async () => unwrap(await supabase.from('dashboard_layouts')
      .upsert({ user_id: me, widgets: layout }, { onConflict: 'user_id' }).select('user_id')),
    onSuccess: () => {
      client.setQueryData(keys.layout, [...layout]);
      toast(t('layout.saved'));
      onClose();
    },
    onError: (error) => {
      const reason = error instanceof ApiError && error.isOffline ? t('layout.offline') : error.message;
      toast(t('layout.failed', { reason }), { tone: 'bad' });
    },
  });
  const hidden = hiddenOf(layout);
  return (
    <div role="toolbar" aria-label={t('layout.editing')} className="flex h-[46px] flex-none items-center gap-2 border-b border-line bg-sea-tint px-4">
      <h1 className="text-15">{t('layout.editing')}</h1>
      <p className="truncate text-ink-2">{t('layout.how')}</p>
      <span className="flex-1" />
      {hidden.length > 0 && (
        <select
          value="" aria-label={t('layout.add')} className={select}
          onChange={(event) => {
            const id = widgetIds.find((one) => one === event.target.value);
            if (id) onLayout(withWidget(layout, id));
          }}
        >
          <option value="">{t('layout.add')}</option>
          {hidden.map((id) => <option key={id} value={id}>{t(`layout.name_${id}`)}</option>)}
        </select>
      )}
      <select
        value="" aria-label={t('layout.template')} className={select}
        onChange={(event) => {
          const role = roles.find((one) => one === event.target.value);
          if (role) onLayout(templates[role]);
        }}
      >
        <option value="">{t('layout.template')}</option>
        {roles.map((role) => <option key={role} value={role}>{t(`layout.for_${role}`)}</option>)}
      </select>
      <Button look="quiet" onClick={() => onLayout(firstLayout)}>{t('layout.reset')}</Button>
      <Button look="quiet" onClick={onClose}>{t('layout.cancel')}</Button>
      <Button look="primary" disabled={save.isPending} onClick={() => save.mutate()}>{t('layout.done')}</Button>
    </div>
  );
}

interface LayoutFrameProps {
  layout: readonly Placed[];
  id: WidgetId;
  onLayout: (layout: readonly Placed[]) => void;
  children: ReactNode;
}

export function LayoutFrame({ layout, id, onLayout, children }: LayoutFrameProps) {
  const frame = useRef<HTMLDivElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  const [over, setOver] = useState(false);
  const name = t(`layout.name_${id}`);
  const width = layout.find((one) => one.id === id)?.width ?? 4;
  useEffect(() => {
    if (!frame.current || !grip.current) return;
    return combine(
      draggable({ element: frame.current, dragHandle: grip.current, getInitialData: () => ({ widget: id }) }),
      dropTargetForElements({
        element: frame.current,
        canDrop: ({ source }) => source.data['widget'] !== id,
        onDragEnter: () => setOver(true),
        onDragLeave: () => setOver(false),
        onDrop: ({ source }) => {
          setOver(false);
          const dragged = widgetIds.find((one) => one === source.data['widget']);
          if (dragged) onLayout(placedAt(layout, dragged, id));
        },
      }),
    );
  }, [id, layout, onLayout]);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key] as 1 | -1 | undefined;
    if (step === undefined) return;
    event.preventDefault();
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    onLayout(sideways ? moved(layout, id, step) : resized(layout, id, nextWidth(width, step)));
    // The widget is drawn in its new place; the hand stays on it.
    setTimeout(() => document.querySelector<HTMLElement>(`[data-grip="${id}"]`)?.focus());
  };
  return (
    <div ref={frame} className={`relative m-1 flex min-h-0 flex-1 flex-col overflow-hidden rounded-m border border-dashed ${over ? 'border-sea bg-sea-tint' : 'border-sea-line bg-surface'}`}>
      <div role="group" aria-label={name} className="absolute top-1.5 right-1.5 z-10 flex items-center rounded-m border border-line-strong bg-raised">
        <button
          ref={grip} type="button" data-grip={id} onKeyDown={onKey} aria-label={t('layout.grip', { name })} title={t('layout.grip_more')}
          className="grid h-7 w-7 cursor-grab place-items-center text-ink-2"
        >
          <GripVertical aria-hidden="true" className="size-3.5 stroke-[1.5]" />
        </button>
        <select
          value={width} aria-label={t('layout.width', { name })} className="h-7 bg-transparent px-1 text-12"
          onChange={(event) => onLayout(resized(layout, id, Number(event.target.value) as Width))}
        >
          {widths.map((one) => <option key={one} value={one}>{t('layout.of_twelve', { n: one })}</option>)}
        </select>
        <button
          type="button" aria-label={t('layout.remove', { name })} title={t('layout.remove', { name })} disabled={layout.length === 1}
          className="grid h-7 w-7 place-items-center text-ink-2 disabled:text-ink-off" onClick={() => onLayout(without(layout, id))}
        >
          <X aria-hidden="true" className="size-3.5 stroke-[1.5]" />
        </button>
      </div>
      <div inert className="flex min-h-0 flex-1 flex-col">{children}</div>
    </div>
  );
}
