// The public form: four steps on one page, sent only by the button of the last one.
import { useQuery } from '@tanstack/react-query';
import { Smartphone } from 'lucide-react';
import { type SubmitEvent, useEffect, useRef } from 'react';

import { ApiError } from '../../api/errors';
import { t } from '../../lib/en-form';
import { Button } from '../../ui/button';
import { Delayed } from '../../ui/delayed';
import { Failed } from '../../ui/failed';
import { useDraft } from './draft';
import { ErrorSummary } from './error-summary';
import { FormFrame } from './form-frame';
import { stepCount } from './model';
import { type FormConfig, formConfigQuery } from './queries';
import { SendProblem } from './send-problem';
import { Sent } from './sent';
import { StepBusiness } from './step-business';
import { StepContact } from './step-contact';
import { StepInterest } from './step-interest';
import { StepMore } from './step-more';
import { useIntake } from './use-intake';

const headings = ['business_heading', 'contact_heading', 'interest_heading', 'more_heading'] as const;

function IntakeForm({ config }: { config: FormConfig }) {
  const trap = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const intake = useIntake(config, () => trap.current?.value ?? '');
  const { draft, step, map } = intake;
  const isLast = step === stepCount - 1;
  const territory = config.territories.find(({ country }) => country === draft.country);
  const shown = useRef(step);

  useEffect(() => {
    if (shown.current !== step) heading.current?.focus();
    shown.current = step;
    scrollTo(0, 0);
  }, [step]);

  if (intake.reference) {
    return <Sent seller={config.seller} reference={intake.reference} onAgain={intake.startAgain} />;
  }
  const props = { draft, faults: map, config, territory };
  // Enter in a field goes on; on the last step only the button sends.
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isLast) void intake.next();
  };
  return (
    <form noValidate onSubmit={submit}>
      <FormFrame
        seller={config.seller} step={step} headingRef={heading} heading={t(headings[step] ?? 'more_heading')}
        footer={
          <>
            {step > 0 && <Button size="phone" onClick={intake.back}>{t('back')}</Button>}
            {isLast ? (
              <Button look="primary" size="phone" disabled={intake.isSending} onClick={intake.send}>
                {t(intake.isSending ? 'sending' : 'send')}
              </Button>
            ) : (
              <Button look="primary" size="phone" type="submit">{t('continue')}</Button>
            )}
          </>
        }
      >
        {intake.faults.length > 0 && <ErrorSummary faults={intake.faults} />}
        {intake.failure && <SendProblem error={intake.failure} onRetry={intake.send} />}
        {step === 0 && <StepBusiness {...props} />}
        {step === 1 && <StepContact {...props} onSuggestion={() => intake.clear('phone')} />}
        {step === 2 && <StepInterest {...props} />}
        {isLast && <StepMore {...props} />}
        <p className="flex items-center gap-2 text-14 text-ink-3">
          <Smartphone aria-hidden="true" className="size-3.5 flex-none stroke-[1.5]" />
          {t('kept')}
        </p>
        {/* A trap for programs that fill every field; people neither see nor reach it. */}
        <div aria-hidden="true" className="absolute -left-[9999px] size-px overflow-hidden">
          <input ref={trap} type="text" name="website" tabIndex={-1} autoComplete="off" defaultValue="" />
        </div>
      </FormFrame>
    </form>
  );
}

export function IntakeScreen({ country }: { country: string | undefined }) {
  const config = useQuery(formConfigQuery);
  const seller = config.data?.seller;

  useEffect(() => {
    if (seller) document.title = t('title', { seller });
  }, [seller]);
  useEffect(() => {
    const { draft } = useDraft.getState();
    const given = country?.toUpperCase();
    const known = config.data?.territories.some((one) => one.country === given);
    if (given && known && draft.country === '') useDraft.setState({ draft: { ...draft, country: given } });
  }, [country, config.data]);

  if (config.data) return <IntakeForm config={config.data} />;
  if (config.error) {
    return (
      <FormFrame seller="" heading={t('load_failed')}>
        <Failed
          title={t('load_failed')} requestLabel={t('request')}
          requestId={config.error instanceof ApiError ? config.error.requestId : null}
          actions={<Button onClick={() => void config.refetch()}>{t('retry')}</Button>}
        >
          {t('load_failed_more')}
        </Failed>
      </FormFrame>
    );
  }
  return (
    <Delayed>
      <p role="status" className="p-5 text-15 text-ink-3">{t('loading')}</p>
    </Delayed>
  );
}
