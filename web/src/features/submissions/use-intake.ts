// How the form moves: check a step before going on, check everything before sending, send once.
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { ApiError } from '../../api/errors';
import { ValidationError } from '../../api/public-api';
import { answer, forgetDraft, goToStep, renewKey, useDraft } from './draft';
import type { FaultMap } from './field';
import { bodyOf, faultsOfStep, pageField, stepCount, stepOf } from './model';
import { type FormConfig, sendSubmission } from './queries';
import { type Fault, faultsOf } from './schema';

const shownAt = Date.now();
const noFaults: Fault[] = [];

const loadPhone = () =>
  import('./phone').catch(() => {
    throw new ApiError('No connection', { code: 'offline' });
  });

export function useIntake(config: FormConfig, honeypot: () => string) {
  const { draft, step } = useDraft();
  const [faults, setFaults] = useState(noFaults);
  const [reference, setReference] = useState<string | null>(null);

  // Fetched ahead of its use, so that a connection lost later does not stop the checking; but not for who only looks.
  useEffect(() => {
    const load = () => void loadPhone().catch(() => undefined);
    if (step > 0) load();
    addEventListener('input', load, { once: true });
    return () => removeEventListener('input', load);
  }, [step]);

  const check = async (): Promise<Fault[]> => {
    const { readPhone } = await loadPhone();
    const countries = config.territories.map((one) => ({ ...one, code: one.country }));
    const found = faultsOf(bodyOf(useDraft.getState().draft), countries, readPhone);
    return found.map(({ field, rule }) => ({ field: pageField(field), rule }));
  };

  const show = (found: Fault[]) => {
    setFaults(found);
    const first = found.map((fault) => stepOf(fault.field)).sort((a, b) => a - b)[0];
    if (first !== undefined) goToStep(first);
  };

  const next = async () => {
    const here = faultsOfStep(await check(), step);
    setFaults(here);
    if (here.length === 0) goToStep(Math.min(step + 1, stepCount - 1));
  };

  const back = () => {
    setFaults(noFaults);
    goToStep(Math.max(step - 1, 0));
  };

  const sending = useMutation({
    mutationFn: async () => {
      const found = await check();
      if (found.length > 0) return { found, sent: null };
      const { draft: now, idempotencyKey } = useDraft.getState();
      const body = { ...bodyOf(now), website: honeypot(), elapsed_ms: Date.now() - shownAt };
      return { found, sent: await sendSubmission(body, idempotencyKey) };
    },
    networkMode: 'always',
    onSuccess: ({ found, sent }) => {
      if (sent === null) {
        show(found);
        return;
      }
      setReference(sent);
      forgetDraft();
    },
    onError: (error) => {
      // A refused body will be another one next time, and needs a key of its own.
      if (error instanceof ValidationError) {
        renewKey();
        show(error.faults.map(({ field, rule }) => ({ field: pageField(field), rule })));
      } else if (error instanceof ApiError && error.code === 'idempotency_mismatch') {
        renewKey();
      }
    },
  });

  const failure = sending.error instanceof ValidationError ? null : sending.error;
  const map: FaultMap = new Map(faults.map((fault) => [fault.field, fault.rule]));
  const clear = (field: string) => setFaults((list) => list.filter((fault) => fault.field !== field));
  return {
    draft, step, faults, map, reference, next, back, clear, answer, failure,
    send: () => sending.mutate(),
    isSending: sending.isPending,
    startAgain: () => {
      sending.reset();
      setReference(null);
    },
  };
}
