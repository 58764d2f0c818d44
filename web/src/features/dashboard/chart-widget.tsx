// A widget with a chart: its menu shows the same figures as a table, and saves them as CSV or as a picture.
import { Ellipsis } from 'lucide-react';
import { type ReactNode, useState } from 'react';

import { t } from '../../lib/en-widgets';
import { locale } from '../../lib/language';
import { Button } from '../../ui/button';
import { LazyPopover } from '../../ui/lazy-popover';
import type { Figures } from './export';
import { Widget } from './widget';

interface ChartWidgetProps {
  id: string;
  title: string;
  sub?: string | undefined;
  heads: Figures['heads'];
  rows: Figures['rows'];
  /** What is said when there is nothing to count. */
  none?: string;
  /** Beside the title: how it is grouped. */
  tools?: ReactNode;
  children: ReactNode;
}

function Table({ heads, rows, title }: Figures) {
  return (
    <div className="mt-1 min-h-0 flex-1 overflow-auto" tabIndex={0}>
      <table aria-label={title} className="w-full text-12">
        <thead>
          <tr>{heads.map((head, i) => <th key={head} scope="col" className={`sticky top-0 bg-surface pb-1 pl-2 font-medium text-ink-3 first:pl-0 ${i === 0 ? 'text-left' : 'text-right'}`}>{head}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {row.map((value, i) => (i === 0
                ? <th key={heads[i]} scope="row" className="h-6 border-t border-line text-left font-normal">{value}</th>
                : <td key={heads[i]} className="tabular border-t border-line pl-2 text-right">{typeof value === 'number' ? value.toLocaleString(locale()) : (value ?? '–')}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ChartWidget({ id, title, sub, heads, rows, none = t('w.empty'), tools, children }: ChartWidgetProps) {
  const [asTable, setAsTable] = useState(false);
  const figures = { title, heads, rows };
  const item = 'flex h-8 w-full items-center rounded-m px-2.5 text-left hover:bg-hover max-md:h-11';
  return (
    <Widget
      id={id} title={title} sub={sub}
      action={
        <span className="-my-2 flex items-center gap-1">
          {tools}
          <LazyPopover
            label={t('w.menu', { name: title })} align="end" className="w-[172px] p-1"
            trigger={<Button look="quiet" size="icon" className="-mr-1.5 max-md:size-11" aria-label={t('w.menu', { name: title })}><Ellipsis aria-hidden="true" /></Button>}
          >
            {(close) => (
              <>
                <button type="button" className={item} onClick={() => { setAsTable(!asTable); close(); }}>{t(asTable ? 'w.as_chart' : 'w.as_table')}</button>
                <button type="button" className={item} onClick={() => { void import('./export').then(({ saveCsv }) => saveCsv(figures)); close(); }}>{t('w.csv')}</button>
                <button type="button" className={item} onClick={() => { void import('./export').then(({ savePng }) => savePng(figures)); close(); }}>{t('w.png')}</button>
              </>
            )}
          </LazyPopover>
        </span>
      }
    >
      {rows.length === 0 ? <p className="mt-2 text-ink-2">{none}</p> : asTable ? <Table {...figures} /> : children}
    </Widget>
  );
}
