// Step 2: how to reach the person, and what he agrees to.
import { t } from '../../lib/en-form';
import { Check } from '../../ui/check';
import { answer } from './draft';
import { described, FaultText, Field, TextInput } from './field';
import { PhoneField } from './phone-field';
import type { StepProps } from './step-business';

export function StepContact({ draft, faults, config, territory, onSuggestion }: StepProps & { onSuggestion: () => void }) {
  return (
    <>
      <Field name="owner_name" label={t('owner_name')} faults={faults}>
        <TextInput
          name="owner_name" faults={faults} value={draft.owner_name} autoComplete="name"
          onChange={(event) => answer({ owner_name: event.target.value })}
        />
      </Field>
      <PhoneField value={draft.phone} faults={faults} territory={territory} onSuggestion={onSuggestion} />
      <Field name="email" label={t('email')} optional faults={faults}>
        <TextInput
          name="email" type="email" faults={faults} value={draft.email} autoComplete="email" inputMode="email"
          autoCapitalize="none" spellCheck={false} onChange={(event) => answer({ email: event.target.value })}
        />
      </Field>
      <div className="grid gap-3">
        <div>
          <FaultText name="consent_contact" faults={faults} />
          <Check
            large name="consent_contact" checked={draft.consent_contact} className="mt-1"
            onChange={(event) => answer({ consent_contact: event.target.checked })}
            {...described('consent_contact', faults)}
          >
            {t('consent', { seller: config.seller })}
          </Check>
          <details className="mt-1 ml-[34px] text-14">
            <summary className="w-fit cursor-default text-15 font-medium text-sea">{t('consent_what')}</summary>
            <p className="mt-1 text-ink-2">{t('consent_details')}</p>
          </details>
        </div>
        <Check
          large name="consent_marketing" checked={draft.consent_marketing}
          onChange={(event) => answer({ consent_marketing: event.target.checked })}
        >
          {t('marketing')}
        </Check>
      </div>
    </>
  );
}
