// Sign-in, beside a chart of the waters the team works in. No names or counts before sign-in.
import { useMutation } from '@tanstack/react-query';
import { CircleAlert, Eye, EyeOff } from 'lucide-react';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';

import { loadAuth } from '../../api/client';
import { ApiError } from '../../api/errors';
import { signIn } from '../../api/session';
import { setKeepSignedIn } from '../../api/session-storage';
import { t } from '../../lib/en-sign-in';
import { textOf } from '../../lib/form-data';
import { Button } from '../../ui/button';
import { Check } from '../../ui/check';
import { LanguageChoice } from '../../ui/language-choice';
import { Mark } from '../../ui/mark';
import { useMedia } from '../../ui/use-media';
import chartUrl from './caribbean-chart.svg?url';

const box = 'h-10 w-full rounded-m border border-control bg-surface px-3 text-14 max-md:h-12 max-md:text-16';

function whatWentWrong(error: Error): string {
  if (!(error instanceof ApiError)) return t('auth.failed', { reason: error.message });
  if (error.code === 'invalid_credentials' || error.status === 400) return t('auth.wrong');
  if (error.status === 429) return t('auth.throttled');
  return error.isOffline ? t('auth.unreachable') : t('auth.failed', { reason: error.message });
}

function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const [shown, setShown] = useState(false);
  const fault = useRef<HTMLParagraphElement>(null);
  const signing = useMutation({
    mutationFn: (form: FormData) => {
      setKeepSignedIn(form.get('keep') === 'on');
      return signIn(textOf(form, 'email').trim(), textOf(form, 'password'));
    },
    networkMode: 'always',
    onSuccess: onSignedIn,
  });
  useEffect(() => {
    if (signing.error) fault.current?.focus();
  }, [signing.error]);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    signing.mutate(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit} onFocus={() => void loadAuth()} className="-mt-5">
      <h1 className="mb-[26px] text-28">{t('auth.title')}</h1>
      {signing.error && (
        <p ref={fault} tabIndex={-1} role="alert" className="mb-4 flex gap-2 rounded-m bg-bad-tint px-3 py-2.5 text-ink">
          <CircleAlert aria-hidden="true" className="mt-px size-4 flex-none stroke-[1.5] text-bad" />
          {whatWentWrong(signing.error)}
        </p>
      )}
      <label htmlFor="email" className="mb-1.5 block font-medium">{t('auth.email')}</label>
      <input id="email" name="email" type="email" autoComplete="username" required spellCheck={false} className={box} />
      <label htmlFor="password" className="mt-4 mb-1.5 block font-medium">{t('auth.password')}</label>
      <span className="relative block">
        <input
          id="password" name="password" type={shown ? 'text' : 'password'} autoComplete="current-password" required
          className={`${box} pr-11`}
        />
        <button
          type="button" aria-label={t(shown ? 'auth.hide' : 'auth.show')} aria-pressed={shown}
          className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded-m text-ink-3"
          onClick={() => setShown(!shown)}
        >
          {shown ? <EyeOff className="size-4 stroke-[1.5]" /> : <Eye className="size-4 stroke-[1.5]" />}
        </button>
      </span>
      <Check name="keep" defaultChecked className="mt-4 mb-5">{t('auth.keep')}</Check>
      <Button type="submit" look="primary" size="tall" className="w-full font-semibold" disabled={signing.isPending}>
        {t(signing.isPending ? 'auth.submitting' : 'auth.submit')}
      </Button>
    </form>
  );
}

export function SignInScreen({ onSignedIn }: { onSignedIn: () => void }) {
  const wide = useMedia('(min-width: 900px)');
  useEffect(() => {
    document.title = `${t('auth.title')} · Flash`;
  }, []);
  return (
    <div className="grid h-dvh overflow-hidden bg-surface min-[900px]:grid-cols-[460px_1fr]">
      <main className="z-1 flex flex-col justify-between overflow-auto border-line-strong px-6 py-9 min-[900px]:border-r min-[900px]:px-16">
        <p className="flex items-center gap-[9px] text-18 font-semibold"><Mark size={26} />Flash</p>
        <SignInForm onSignedIn={onSignedIn} />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-12 text-ink-3">{t('auth.belongs')}</p>
          <LanguageChoice className="h-8 max-md:h-11" />
        </div>
      </main>
      {wide && (
        <svg aria-hidden="true" viewBox="0 0 980 900" preserveAspectRatio="xMidYMid slice" className="size-full bg-ch">
          <use href={`${chartUrl}#chart`} />
        </svg>
      )}
    </div>
  );
}
