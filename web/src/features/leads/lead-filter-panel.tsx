// The panel behind "Filter": status, score band, owner, age. Every tick applies at once.
import { useId } from 'react';

import type { PersonRow } from '../../api/rows';
import { bands, statuses } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { count, t } from '../../lib/en-lead-list';
import { Check } from '../../ui/check';
import { StatusDial } from '../../ui/status-dial';
import type { LeadSearch } from './filters';

const ages = [1, 7, 30, 90];
const select = 'mt-1 h-8 w-full rounded-m border border-control bg-surface px-2 max-md:h-11';

interface LeadFilterPanelProps {
  search: LeadSearch;
  people: PersonRow[];
  onSearch: (change: Partial<LeadSearch>) => void;
}

/** The list with the value in or out; nothing ticked is no filter. */
function toggled<T>(list: readonly T[] | undefined, value: T, order: readonly T[]): T[] | undefined {
  const now = list ?? [];
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  return next.length === 0 ? undefined : order.filter((one) => next.includes(one));
}

export function LeadFilterPanel({ search, people, onSearch }: LeadFilterPanelProps) {
  const ownerId = useId();
  const ageId = useId();
  return (
    <div className="grid gap-4">
      <fieldset>
        <legend className="mb-1.5 font-semibold">{t('filter.status')}</legend>
        <div className="grid grid-cols-2 gap-x-3 gap-y-1.5 max-md:gap-y-3">
          {statuses.map((status) => (
            <Check
              key={status} checked={search.status?.includes(status) ?? false}
              onChange={() => onSearch({ status: toggled(search.status, status, statuses) })}
            >
              <span className="flex items-center gap-1.5"><StatusDial status={status} />{statusName(status)}</span>
            </Check>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-1.5 font-semibold">{t('filter.band')}</legend>
        <div className="flex gap-4">
          {bands.map((band) => (
            <Check
              key={band} checked={search.band?.includes(band) ?? false}
              onChange={() => onSearch({ band: toggled(search.band, band, bands) })}
            >
              {t(`band.${band}`)}
            </Check>
          ))}
        </div>
      </fieldset>
      <label htmlFor={ownerId} className="font-semibold">
        {t('filter.owner')}
        <select
          id={ownerId} value={search.owner ?? ''} className={`${select} font-normal`}
          onChange={(event) => onSearch({ owner: event.target.value || undefined })}
        >
          <option value="">{t('filter.anyone')}</option>
          <option value="me">{t('filter.owner_me')}</option>
          <option value="none">{t('filter.owner_none')}</option>
          {people.filter(({ role }) => role !== 'viewer').map(({ id, full_name: name }) => (
            <option key={id} value={id}>{name}</option>
          ))}
        </select>
      </label>
      <label htmlFor={ageId} className="font-semibold">
        {t('filter.created')}
        <select
          id={ageId} value={search.days ?? ''} className={`${select} font-normal`}
          onChange={(event) => onSearch({ days: event.target.value ? Number(event.target.value) : undefined })}
        >
          <option value="">{t('filter.any_time')}</option>
          {ages.map((days) => <option key={days} value={days}>{count('filter.days', days)}</option>)}
        </select>
      </label>
    </div>
  );
}
