// Ten radio buttons whose bars rise, so that ten reads as more without colour. None is preselected.
import { cn } from '../../lib/cn';
import { t } from '../../lib/en-form';
import { described, type FaultMap } from './field';

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

interface InterestScaleProps {
  value: number | null;
  faults: FaultMap;
  onChange: (level: number) => void;
}

export function InterestScale({ value, faults, onChange }: InterestScaleProps) {
  const { id, ...rest } = described('interest_level', faults);
  return (
    <div>
      <fieldset className="grid h-[104px] grid-cols-10 items-end gap-[3px]" {...rest}>
        <legend className="sr-only">{t('interest_label')}</legend>
        {levels.map((level) => (
          <label key={level} className="relative flex h-full flex-col justify-end">
            <input
              type="radio" name="interest_level" value={level} checked={value === level}
              id={level === 1 ? id : undefined} className="peer absolute inset-0 z-1 appearance-none rounded-m"
              onChange={() => onChange(level)}
            />
            <span
              aria-hidden="true" style={{ height: 18 + level * 4.6 }}
              className={cn('block rounded-t-[2px]', value !== null && level < value ? 'bg-d4' : 'bg-d1', 'peer-checked:bg-sea')}
            />
            <span
              className={cn(
                'tabular grid h-10 place-items-center border-t border-line-strong text-16 font-medium text-ink-2',
                'peer-checked:rounded-b-m peer-checked:border-sea peer-checked:bg-sea peer-checked:font-semibold peer-checked:text-on-sea',
              )}
            >
              {level}
            </span>
          </label>
        ))}
      </fieldset>
      <p aria-hidden="true" className="mt-1.5 flex justify-between text-14 text-ink-3">
        <span>{t('interest_low')}</span>
        <span>{t('interest_high')}</span>
      </p>
    </div>
  );
}
