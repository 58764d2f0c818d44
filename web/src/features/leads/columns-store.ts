// Which columns the table has, in which order and how wide: remembered on this computer, kept in a saved view.
import { create } from 'zustand';

import { type ColumnChoice, readChoice } from './columns-model';

const key = 'flash.leads.columns';

const read = (): ColumnChoice[] => {
  try {
    return readChoice(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return readChoice(null);
  }
};

export const useColumns = create<{ columns: readonly ColumnChoice[] }>(() => ({ columns: read() }));

export function setColumns(columns: readonly ColumnChoice[]): void {
  localStorage.setItem(key, JSON.stringify(columns));
  useColumns.setState({ columns });
}
