// What differs from the saved view: saved over it, or given up.
import type { ViewRow } from '../../api/rows';
import { t } from '../../lib/en-lead-list';
import { Button } from '../../ui/button';
import { readChoice, sameChoice } from './columns-model';
import { setColumns, useColumns } from './columns-store';
import { useSaveView } from './view-mutations';

interface ViewChangesProps {
  view: ViewRow;
  /** What the address says now. */
  query: string;
  mine: boolean;
  onView: (id: string, query: string) => void;
}

export function ViewChanges({ view, query, mine, onView }: ViewChangesProps) {
  const columns = useColumns((state) => state.columns);
  const save = useSaveView();
  if (query === view.query && sameChoice(columns, readChoice(view.columns))) return null;
  return (
    <span className="flex flex-none items-center gap-1 text-12 max-md:hidden">
      <span className="mr-1 flex items-center gap-1.5 text-ink-2"><span aria-hidden="true" className="size-1.5 rounded-full border-[1.5px] border-warn" />{t('view.changed')}</span>
      {mine && (
        <Button look="quiet" className="px-1.5 text-sea!" onClick={() => save.mutate({ id: view.id, name: view.name, territory_id: view.territory_id, query, columns })}>
          {t('view.save')}
        </Button>
      )}
      <Button
        look="quiet" className="px-1.5"
        onClick={() => {
          setColumns(readChoice(view.columns));
          onView(view.id, view.query);
        }}
      >
        {t('view.reset')}
      </Button>
    </span>
  );
}
