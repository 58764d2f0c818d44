// What stands round every step: the seller's name, how far one is, and the two buttons.
import type { ReactNode, Ref } from 'react';

import { t } from '../../lib/en-form';
import { LanguageChoice } from '../../ui/language-choice';
import { stepCount } from './model';

function Progress({ step }: { step: number }) {
  return (
    <div className="mt-3.5 flex items-center gap-3 text-14">
      <span aria-hidden="true" className="flex h-1.5 flex-1 border border-ink-2">
        {Array.from({ length: stepCount }, (_, i) => (
          <span key={i} className={`flex-1 ${i > 0 ? 'border-l border-ink-2' : ''} ${i <= step ? 'bg-ink' : ''}`} />
        ))}
      </span>
      <span className="whitespace-nowrap text-ink-3">{t('step', { n: step + 1, all: stepCount })}</span>
    </div>
  );
}

interface FormFrameProps {
  seller: string;
  step?: number;
  heading: string;
  headingRef?: Ref<HTMLHeadingElement>;
  children: ReactNode;
  footer?: ReactNode;
}

export function FormFrame({ seller, step, heading, headingRef, children, footer }: FormFrameProps) {
  return (
    <div className="min-h-dvh bg-surface text-15">
      <div className="mx-auto flex min-h-dvh max-w-[520px] flex-col bg-surface md:border-x md:border-line">
        <header className="px-5 pt-5">
          <div className="flex items-center justify-between gap-3">
            <p className="text-16 font-semibold">{seller}</p>
            <LanguageChoice className="h-11 text-16" />
          </div>
          {step !== undefined && <Progress step={step} />}
        </header>
        <main className="flex flex-1 flex-col gap-5 px-5 pt-5 pb-6">
          <h1 ref={headingRef} tabIndex={-1} className="text-26 outline-none">{heading}</h1>
          {children}
        </main>
        {footer && (
          <footer className="sticky bottom-0 flex gap-2.5 [&>*]:min-w-24 [&>:last-child]:flex-1 border-t border-line bg-surface px-5 pt-3 pb-[max(20px,env(safe-area-inset-bottom))]">
            {footer}
          </footer>
        )}
      </div>
    </div>
  );
}
