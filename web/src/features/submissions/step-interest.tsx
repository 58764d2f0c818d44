// Step 3: how much the person wants it, what hurts today, and how big the business is.
import { painPoints, revenueBands } from '../../lib/domain';
import { t } from '../../lib/en-form';
import { cn } from '../../lib/cn';
import { Check } from '../../ui/check';
import { answer } from './draft';
import { FaultText, Field, Select } from './field';
import { InterestScale } from './interest-scale';
import { bandInCurrency, bandInDollars } from './model';
import type { StepProps } from './step-business';

export function StepInterest({ draft, faults, config, territory }: StepProps) {
  const rate = config.currencies.find(({ code }) => code === territory?.currency);
  const shown = (band: string) =>
    rate && rate.code !== 'USD' ? bandInCurrency(band, rate.code, rate.usd) : bandInDollars(band);
  const band = draft.monthly_revenue_band;
  return (
    <>
      <div className="-mt-2.5">
        <p id="interest_level-hint" className="mb-5 text-14 text-ink-3">{t('interest_hint')}</p>
        <FaultText name="interest_level" faults={faults} />
        <InterestScale
          value={draft.interest_level} faults={faults} onChange={(interest_level) => answer({ interest_level })}
        />
      </div>
      <fieldset>
        <legend className="text-16 font-semibold">
          {t('pains')} <span className="font-normal text-ink-3">{t('optional')}</span>
        </legend>
        <div className="mt-2 grid grid-cols-2 gap-2">
          {painPoints.map((pain) => {
            const on = draft.pain_points.includes(pain);
            return (
              <Check
                key={pain} checked={on}
                className={cn(
                  'h-[46px] items-center gap-[9px]! rounded-m border px-[11px] text-15 whitespace-nowrap',
                  on ? 'border-sea bg-sea-tint font-medium' : 'border-line-strong',
                )}
                onChange={() => answer({
                  pain_points: on ? draft.pain_points.filter((one) => one !== pain) : [...draft.pain_points, pain],
                })}
              >
                {t(`pain.${pain}`)}
              </Check>
            );
          })}
        </div>
      </fieldset>
      <div>
        <Field name="monthly_revenue_band" label={t('revenue')} optional faults={faults}>
          <Select
            name="monthly_revenue_band" faults={faults} value={band}
            options={revenueBands.map((value) => ({ value, label: shown(value) }))}
            onChange={(event) => answer({ monthly_revenue_band: event.target.value })}
          />
        </Field>
        {band !== '' && rate && rate.code !== 'USD' && (
          <p className="mt-1 text-14 text-ink-3">{t('about', { amount: bandInDollars(band) })}</p>
        )}
      </div>
    </>
  );
}
