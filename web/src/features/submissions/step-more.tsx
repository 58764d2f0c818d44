// Step 4: facts that sharpen the answer, and what the country's authorities register. All optional.
import { employeeBands, range } from '../../lib/domain';
import { t } from '../../lib/en-form';
import { symbolOf } from '../../lib/money';
import { answer } from './draft';
import { Field, Select, TextArea, TextInput } from './field';
import type { StepProps } from './step-business';

const people = employeeBands.map((value) => ({ value, label: range(value) }));
type NumberField = 'monthly_transactions' | 'average_ticket' | 'year_established';

export function StepMore({ draft, faults, territory }: StepProps) {
  const ticket = territory ? `${t('ticket')}, ${symbolOf(territory.currency).trim()}` : t('ticket');
  const number = (name: NumberField, label: string, mode: 'numeric' | 'decimal') => (
    <Field name={name} label={label} optional faults={faults}>
      <TextInput
        name={name} faults={faults} value={draft[name]} inputMode={mode} autoComplete="off"
        onChange={(event) => answer({ [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <>
      <p className="-mt-2.5 text-14 text-ink-3">{t('more_hint')}</p>
      {number('monthly_transactions', t('transactions'), 'numeric')}
      {number('average_ticket', ticket, 'decimal')}
      <Field name="employee_band" label={t('employees')} optional faults={faults}>
        <Select
          name="employee_band" faults={faults} options={people} value={draft.employee_band}
          onChange={(event) => answer({ employee_band: event.target.value })}
        />
      </Field>
      {number('year_established', t('established'), 'numeric')}
      <Field name="current_processor" label={t('processor')} optional faults={faults}>
        <TextInput
          name="current_processor" faults={faults} value={draft.current_processor} autoComplete="off"
          onChange={(event) => answer({ current_processor: event.target.value })}
        />
      </Field>
      {territory?.form_fields.map((field) => {
        const name = `form_data.${field.name}`;
        return (
          <Field key={name} name={name} label={field.label} optional faults={faults}>
            <TextInput
              name={name} faults={faults} value={draft.form_data[field.name] ?? ''} autoComplete="off"
              inputMode={typeof field.digits === 'number' ? 'numeric' : 'text'} maxLength={field.max_length}
              onChange={(event) => answer({ form_data: { ...draft.form_data, [field.name]: event.target.value } })}
            />
          </Field>
        );
      })}
      <Field name="specific_needs" label={t('needs')} optional faults={faults}>
        <TextArea
          name="specific_needs" faults={faults} value={draft.specific_needs} maxLength={2000}
          onChange={(event) => answer({ specific_needs: event.target.value })}
        />
      </Field>
    </>
  );
}
