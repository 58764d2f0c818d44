// Step 1: the business and where it is. What is asked for the place depends on the country.
import { businessTypes } from '../../lib/domain';
import { t } from '../../lib/en-form';
import { answer, type Draft } from './draft';
import { type FaultMap, Field, Select, TextInput } from './field';
import type { FormConfig, FormTerritory } from './queries';

export interface StepProps {
  draft: Draft;
  faults: FaultMap;
  config: FormConfig;
  territory: FormTerritory | undefined;
}

const types = businessTypes.map((value) => ({ value, label: t(`type.${value}`) }));

export function StepBusiness({ draft, faults, config, territory }: StepProps) {
  const countries = config.territories.map(({ country, name }) => ({ value: country, label: name }));
  const areas = (territory?.sub_areas ?? []).map(({ code, name }) => ({ value: code, label: name }));
  return (
    <>
      <Field name="business_name" label={t('business_name')} faults={faults}>
        <TextInput
          name="business_name" faults={faults} value={draft.business_name} autoComplete="organization"
          onChange={(event) => answer({ business_name: event.target.value })}
        />
      </Field>
      <Field name="business_type" label={t('business_type')} faults={faults}>
        <Select
          name="business_type" faults={faults} options={types} value={draft.business_type}
          onChange={(event) => answer({ business_type: event.target.value })}
        />
      </Field>
      <Field name="country" label={t('country')} faults={faults}>
        <Select
          name="country" faults={faults} options={countries} value={draft.country} autoComplete="country"
          onChange={(event) => answer({ country: event.target.value, sub_area: '', postal_code: '', form_data: {} })}
        />
      </Field>
      {territory && areas.length > 0 && (
        <Field name="sub_area" label={t('sub_area', { label: territory.sub_area_label })} optional faults={faults}>
          <Select
            name="sub_area" faults={faults} options={areas} value={draft.sub_area}
            onChange={(event) => answer({ sub_area: event.target.value })}
          />
        </Field>
      )}
      {territory?.postal_pattern && (
        <Field name="postal_code" label={t('postal_code')} optional faults={faults}>
          <TextInput
            name="postal_code" faults={faults} value={draft.postal_code} autoComplete="postal-code"
            autoCapitalize="characters" onChange={(event) => answer({ postal_code: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}
