// The options of a saved view, and the form that makes one.
import { type SubmitEvent } from 'react';

import { ApiError } from '../../api/errors';
import type { TerritoryNode, ViewRow } from '../../api/rows';
import { t } from '../../lib/en-lead-work';
import { textOf } from '../../lib/form-data';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toasts';
import { useColumns } from './columns-store';
import { useDeleteView, useMarkView, useSaveView } from './view-mutations';
import { markOf } from './view-queries';

const box = 'mt-1 h-8 w-full rounded-m border border-control bg-surface px-2 font-normal max-md:h-11 max-md:text-16';
const line = 'flex h-[30px] w-full items-center rounded-m px-2 text-left hover:bg-sea-tint focus-visible:bg-sea-tint max-md:h-11';

const whyRefused = (error: Error): string =>
  error instanceof ApiError && error.isOffline ? t('view.offline') : error.message;

interface SaveViewProps {
  query: string;
  /** Where the caller may share: the nodes he holds, or all for an admin. */
  nodes: TerritoryNode[];
  onSaved: (id: string) => void;
}

export function SaveView({ query, nodes, onSaved }: SaveViewProps) {
  const columns = useColumns((state) => state.columns);
  const saving = useSaveView();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const name = textOf(form, 'name').trim();
    const place = textOf(form, 'place');
    saving.mutate({ name, query, columns, territory_id: place === '' ? null : Number(place) }, {
      onSuccess: (id) => {
        toast(t('view.saved', { name }));
        onSaved(id);
      },
    });
  };
  return (
    <form onSubmit={submit} className="grid gap-3 p-4">
      <label className="font-medium">{t('view.name')}<input name="name" required maxLength={60} autoFocus className={box} /></label>
      {nodes.length > 0 && (
        <label className="font-medium">
          {t('view.share')}
          <select name="place" className={box}>
            <option value="">{t('view.only_me')}</option>
            {nodes.map(({ id, name }) => <option key={id} value={id}>{t('view.team', { place: name })}</option>)}
          </select>
        </label>
      )}
      <Button type="submit" look="primary" className="justify-self-start max-md:h-11" disabled={saving.isPending}>{t('view.save_button')}</Button>
      {saving.error && <p role="alert" className="text-bad">{t('view.failed', { reason: whyRefused(saving.error) })}</p>}
    </form>
  );
}

interface ViewOptionsProps {
  view: ViewRow;
  mine: boolean;
  onDeleted: () => void;
  onClose: () => void;
}

export function ViewOptions({ view, mine, onDeleted, onClose }: ViewOptionsProps) {
  const mark = useMarkView();
  const remove = useDeleteView();
  const { pinned, is_default: isDefault } = markOf(view);
  const refused = (error: Error) => void toast(t('view.failed', { reason: whyRefused(error) }), { tone: 'bad' });
  const change = (what: { pinned?: boolean; isDefault?: boolean }) => {
    mark.mutate({ id: view.id, ...what }, { onError: refused });
    onClose();
  };
  return (
    <ul className="p-1.5">
      <li><button type="button" className={line} onClick={() => change({ pinned: !pinned })}>{t(pinned ? 'view.unpin' : 'view.pin')}</button></li>
      <li><button type="button" className={line} onClick={() => change({ isDefault: !isDefault })}>{t(isDefault ? 'view.not_default' : 'view.default')}</button></li>
      {mine && (
        <li className="mt-1 border-t border-line pt-1">
          <button
            type="button" className={line}
            onClick={() => remove.mutate(view.id, {
              onError: refused,
              onSuccess: () => {
                toast(t('view.deleted', { name: view.name }));
                onDeleted();
              },
            })}
          >
            {t('view.delete')}
          </button>
        </li>
      )}
    </ul>
  );
}
