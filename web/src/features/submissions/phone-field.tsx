// The mobile number: seven digits without an area code get the possible numbers as buttons.
import { useQuery } from '@tanstack/react-query';

import { t } from '../../lib/en-form';
import { answer } from './draft';
import { type FaultMap, Field, TextInput } from './field';
import type { FormTerritory } from './queries';

interface PhoneFieldProps {
  value: string;
  faults: FaultMap;
  territory: FormTerritory | undefined;
  onSuggestion: () => void;
}

export function PhoneField({ value, faults, territory, onSuggestion }: PhoneFieldProps) {
  const reader = useQuery({ queryKey: ['phone-reader'], queryFn: () => import('./phone'), staleTime: Infinity });
  const asks = faults.get('phone') === 'phone_needs_area_code';
  const suggestions = asks && reader.data && territory
    ? reader.data.suggestPhones(value, territory.phone_prefixes)
    : [];
  const prefix = territory?.phone_prefixes[0] ?? '';
  const calling = prefix.startsWith('1') ? '+1' : prefix === '' ? '' : `+${prefix.slice(0, 3)}`;
  return (
    <Field name="phone" label={t('phone')} hint={t('phone_hint')} faults={faults}>
      <div className="flex gap-2">
        {territory && (
          <span className="flex h-12 flex-none items-center rounded-m border border-line bg-sunken px-3 text-16 text-ink-2">
            {territory.country} {calling}
          </span>
        )}
        <TextInput
          name="phone" type="tel" faults={faults} value={value} autoComplete="tel" inputMode="tel"
          onChange={(event) => answer({ phone: event.target.value })}
        />
      </div>
      {suggestions.length > 0 && (
        <div className="mt-2 grid grid-cols-2 gap-2">
          {suggestions.map((number) => (
            <button
              key={number}
              type="button"
              className="h-11 rounded-m border border-sea-line bg-sea-tint text-15 font-semibold text-sea hover:border-sea dark:text-ink"
              onClick={() => {
                answer({ phone: number });
                onSuggestion();
              }}
            >
              {number}
            </button>
          ))}
        </div>
      )}
    </Field>
  );
}
