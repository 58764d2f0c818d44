// One question: label above, hint, then what is wrong with the answer, then the control.
import { ChevronDown, CircleAlert } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';

import { cn } from '../../lib/cn';
import { ruleText, t } from '../../lib/en-form';

export type FaultMap = ReadonlyMap<string, string>;

const box = 'h-12 w-full rounded-m border border-control bg-surface px-3 text-16 aria-invalid:border-[1.5px] aria-invalid:border-bad';

interface FieldProps {
  name: string;
  label: string;
  faults: FaultMap;
  optional?: boolean;
  hint?: ReactNode;
  children: ReactNode;
}

const faultId = (name: string) => `${name}-fault`;

/** What links a control to its label, its hint and its fault. */
export const described = (name: string, faults: FaultMap) => ({
  id: name,
  'aria-invalid': faults.has(name) || undefined,
  'aria-describedby': faults.has(name) ? `${faultId(name)} ${name}-hint` : `${name}-hint`,
});

export function FaultText({ name, faults }: { name: string; faults: FaultMap }) {
  const rule = faults.get(name);
  if (!rule) return null;
  return (
    <p id={faultId(name)} className="mt-[5px] flex gap-[7px] text-15 leading-5 font-medium text-bad">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 flex-none stroke-[1.5]" />
      {ruleText(name, rule)}
    </p>
  );
}

export function Field({ name, label, faults, optional, hint, children }: FieldProps) {
  return (
    <div className={cn(faults.has(name) && '-ml-4 border-l-[3px] border-bad pl-[13px]')}>
      <label htmlFor={name} className="block text-16 font-semibold">
        {label} {optional && <span className="font-normal text-ink-3">{t('optional')}</span>}
      </label>
      {hint && <p id={`${name}-hint`} className="text-14 text-ink-3">{hint}</p>}
      <FaultText name={name} faults={faults} />
      <div className="mt-1.5">{children}</div>
    </div>
  );
}

export function TextInput({ faults, name, ...rest }: ComponentProps<'input'> & { faults: FaultMap; name: string }) {
  return <input type="text" name={name} className={box} {...described(name, faults)} {...rest} />;
}

export function TextArea({ faults, name, ...rest }: ComponentProps<'textarea'> & { faults: FaultMap; name: string }) {
  return (
    <textarea name={name} rows={4} className={cn(box, 'h-auto py-2.5')} {...described(name, faults)} {...rest} />
  );
}

interface SelectProps extends ComponentProps<'select'> {
  faults: FaultMap;
  name: string;
  options: readonly { value: string; label: string }[];
}

export function Select({ faults, name, options, value, ...rest }: SelectProps) {
  return (
    <span className="relative block">
      <select name={name} value={value} className={cn(box, 'appearance-none pr-10')} {...described(name, faults)} {...rest}>
        <option value="">{t('choose')}</option>
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
      <ChevronDown aria-hidden="true" className="pointer-events-none absolute top-4 right-3 size-4 stroke-[1.5] text-ink-3" />
    </span>
  );
}
