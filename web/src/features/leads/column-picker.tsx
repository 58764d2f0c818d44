// Which columns there are and in which order: tick, and move up or down.
import { ChevronDown, ChevronUp } from 'lucide-react';

import { t } from '../../lib/en-lead-work';
import { Button } from '../../ui/button';
import { Check } from '../../ui/check';
import { columnIds, firstChoice, shifted, toggled } from './columns-model';
import { setColumns, useColumns } from './columns-store';
import { columnOf } from './lead-columns';

export function ColumnPicker() {
  const columns = useColumns((state) => state.columns);
  const rest = columnIds.filter((id) => !columns.some((column) => column.id === id));
  return (
    <section aria-labelledby="columns-title">
      <h2 id="columns-title" className="mb-2">{t('columns.title')}</h2>
      <ul className="max-h-[50dvh] overflow-auto">
        {[...columns.map(({ id }) => id), ...rest].map((id, i) => {
          const on = i < columns.length;
          const name = columnOf(id).header;
          const arrow = (by: 1 | -1, label: string) => (
            <Button
              look="quiet" size="icon" className="size-6!" aria-label={label} title={label}
              disabled={by === -1 ? i === 0 : i === columns.length - 1} onClick={() => setColumns(shifted(columns, id, by))}
            >
              {by === -1 ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
            </Button>
          );
          return (
            <li key={id} className="flex h-7 items-center max-md:h-11">
              <Check className="flex-1" checked={on} disabled={id === 'business'} onChange={() => setColumns(toggled(columns, id))}>{name}</Check>
              {on && <>{arrow(-1, t('columns.up', { column: name }))}{arrow(1, t('columns.down', { column: name }))}</>}
            </li>
          );
        })}
      </ul>
      <Button look="quiet" className="-ml-2 mt-2" onClick={() => setColumns(firstChoice)}>{t('columns.reset')}</Button>
    </section>
  );
}
