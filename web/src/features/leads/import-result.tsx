// What the rows of a file came to: four counts, the problems with their reasons, and the file of them.
import { useQuery } from '@tanstack/react-query';

import { count, t } from '../../lib/en-import';
import { locale } from '../../lib/language';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toasts';
import { problemFile } from './import-file';
import { allProblems, type ImportRow, problemsQuery } from './import-queries';

const separators: Readonly<Record<string, 'comma' | 'semicolon' | 'tab' | 'bar'>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };

export function ImportCounts({ row }: { row: ImportRow }) {
  const cells = [
    ['new', row.fresh], ['update', row.updates], ['duplicate', row.duplicates], ['error', row.errors],
  ] as const;
  const separator = separators[row.separator ?? ','] ?? 'comma';
  return (
    <>
      <dl className="grid grid-cols-2 border-y border-line md:grid-cols-4">
        {cells.map(([name, n]) => (
          <div key={name} className="border-line px-4 py-3 max-md:odd:border-r md:not-last:border-r">
            <dt className="font-semibold">{t(`import.${name}`)}</dt>
            <dd className={`tabular text-24 ${name === 'error' && n > 0 ? 'text-bad' : ''}`}>{n.toLocaleString(locale())}</dd>
            <dd className="text-12 text-ink-3">{t(`import.${name}_more`)}</dd>
          </div>
        ))}
      </dl>
      {row.encoding !== null && (
        <p className="px-4 pt-2 text-12 text-ink-3">
          {t('import.read_as', { encoding: row.encoding, separator: t(`import.${separator}`) })}
          {row.odd_bytes > 0 && `. ${count('import.odd', row.odd_bytes)}`}
        </p>
      )}
    </>
  );
}

export function ImportProblems({ row }: { row: ImportRow }) {
  const problems = useQuery(problemsQuery(row.id, row.state)).data ?? [];
  const all = row.duplicates + row.errors + row.refused;
  if (problems.length === 0) return null;
  const save = async () => {
    try {
      const text = problemFile(row.header, t('import.reason'), await allProblems(row.id));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
      link.download = `${row.file_name.replace(/\.\w+$/, '')}-problems.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (error) {
      toast(t('import.failed_action', { reason: error instanceof Error ? error.message : '' }), { tone: 'bad' });
    }
  };
  return (
    <section aria-labelledby="problems" className="border-t border-line px-4 py-4">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="problems" className="flex-1">{t('import.problems')}</h2>
        <Button className="max-md:h-11" onClick={() => void save()}>{count('import.save_problems', all)}</Button>
      </div>
      <p className="text-12 text-ink-3">{t('import.problems_more')}</p>
      <ol className="mt-2">
        {problems.slice(0, 20).map(({ line, reason, verdict, cells }) => (
          <li key={line} className="grid gap-x-3 border-b border-line py-1.5 md:grid-cols-[70px_minmax(0,1fr)_minmax(0,1fr)]">
            <span className="tabular text-ink-3">{t('import.line')} {line}</span>
            <span className={verdict === 'error' ? 'text-bad' : 'text-ink-2'}>{reason}</span>
            <span className="truncate text-ink-3" dir="auto">{cells.filter((cell) => cell !== '').join(' · ')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
