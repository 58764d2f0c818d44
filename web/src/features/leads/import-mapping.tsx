// Which column of the file is which fact, with the first rows beside it, and what holds where a row says nothing.
import { useState } from 'react';

import { businessTypes } from '../../lib/domain';
import { t } from '../../lib/en-import';
import { typeName } from '../../lib/en-leads';
import { Button } from '../../ui/button';
import type { ImportRow, Mapping } from './import-queries';

export const importFields = [
  'business_name', 'owner_name', 'email', 'phone', 'country', 'sub_area', 'reference', 'interest_level', 'business_type', 'monthly_revenue_band',
  'employee_band', 'monthly_transactions', 'average_ticket', 'stated_value', 'year_established', 'current_processor', 'specific_needs',
  'decision_makers', 'address', 'postal_code', 'preferred_language', 'package_seen', 'signed_up', 'consent_contact', 'consent_marketing', 'tags',
] as const;

const select = 'h-7 w-full rounded-m border border-control bg-surface px-1.5 max-md:h-11';

interface ImportMappingProps {
  row: ImportRow;
  countries: { code: string; name: string }[];
  busy: boolean;
  onCheck: (mapping: Mapping) => void;
}

export function ImportMapping({ row, countries, busy, onCheck }: ImportMappingProps) {
  const [mapping, setMapping] = useState<Mapping>(row.mapping);
  const setColumn = (place: number, field: string) => setMapping((now) => ({
    ...now,
    // A field is given once: the column that had it before is left out.
    columns: row.header.map((_, i) => (i === place ? field : now.columns[i] === field ? '' : (now.columns[i] ?? ''))),
  }));
  const setDefault = (field: string, value: string) => setMapping((now) => ({ ...now, defaults: { ...now.defaults, [field]: value } }));
  return (
    <section aria-labelledby="mapping" className="border-t border-line px-4 py-4">
      <h2 id="mapping">{t('import.columns')}</h2>
      <p className="text-12 text-ink-3">{t('import.columns_more')}</p>
      <div className="mt-2 overflow-x-auto" tabIndex={0} role="region" aria-label={t('import.first_rows')}>
        <table className="w-full border-separate border-spacing-0">
          <thead>
            <tr>
              {[t('import.column'), t('import.means'), t('import.first_rows')].map((head) => (
                <th key={head} scope="col" className="h-[30px] border-b border-line bg-sunken px-2.5 text-left text-12 font-medium text-ink-3!">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {row.header.map((heading, i) => (
              <tr key={`${i} ${heading}`}>
                <th scope="row" className="max-w-[200px] truncate border-b border-line px-2.5 py-1 text-left font-medium">{heading}</th>
                <td className="w-[220px] min-w-[150px] border-b border-line px-2.5 py-1">
                  <select
                    aria-label={heading} value={mapping.columns[i] ?? ''} className={`${select} ${mapping.columns[i] ? '' : 'text-ink-3'}`}
                    onChange={(event) => setColumn(i, event.target.value)}
                  >
                    <option value="">{t('import.left_out')}</option>
                    {importFields.map((field) => <option key={field} value={field}>{t(`field.${field}`)}</option>)}
                  </select>
                </td>
                <td className="max-w-[420px] truncate border-b border-line px-2.5 py-1 text-ink-2" dir="auto">
                  {row.sample.map((cells) => cells[i] ?? '').filter((cell) => cell !== '').slice(0, 3).join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <fieldset className="mt-4 flex flex-wrap items-end gap-3">
        <legend className="mb-1.5 font-semibold">{t('import.defaults')}</legend>
        <label className="w-[180px]">
          {t('field.country')}
          <select value={mapping.defaults['country'] ?? ''} className={select} onChange={(event) => setDefault('country', event.target.value)}>
            <option value="">{t('import.left_out')}</option>
            {countries.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}
          </select>
        </label>
        <label className="w-[150px]">
          {t('field.business_type')}
          <select value={mapping.defaults['business_type'] ?? ''} className={select} onChange={(event) => setDefault('business_type', event.target.value)}>
            {businessTypes.map((type) => <option key={type} value={type}>{typeName(type)}</option>)}
          </select>
        </label>
        <label className="w-[90px]">
          {t('field.interest_level')}
          <select value={mapping.defaults['interest_level'] ?? ''} className={select} onChange={(event) => setDefault('interest_level', event.target.value)}>
            {[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => <option key={n} value={n}>{n}</option>)}
          </select>
        </label>
        <Button className="max-md:h-11" disabled={busy} onClick={() => onCheck(mapping)}>{t('import.again')}</Button>
      </fieldset>
    </section>
  );
}
