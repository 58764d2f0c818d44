// The rules as they are being edited, beside those that are saved.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { ApiError } from '../../api/errors';
import { ValidationError } from '../../api/public-api';
import { t } from '../../lib/en-routing';
import { toast } from '../../ui/toasts';
import { type Rule, sameRules } from './draft';
import { type Desk, followRules, useSaveRules } from './queries';

function reasonOf(error: Error, rules: readonly Rule[]): string {
  if (error instanceof ApiError && error.isOffline) return t('route.offline');
  const fault = error instanceof ValidationError ? error.faults[0] : undefined;
  if (!fault) return error.message;
  const at = Number(fault.field.split('/')[1]);
  return t('route.at_fault', { name: rules[at]?.name ?? '', reason: fault.message });
}

export function useDraft(desk: Desk, place: string) {
  const client = useQueryClient();
  const territory = desk.territory_id;
  const saved = desk.rules.filter((rule) => rule.territory_id === territory);
  const [draft, setDraft] = useState<{ rules: Rule[]; version: string } | null>(null);
  const save = useSaveRules(territory);
  useEffect(() => followRules(client, () => undefined), [client]);
  const dirty = draft !== null && !sameRules(draft.rules, saved);
  const change = (rules: Rule[]) => setDraft({ rules, version: draft?.version ?? desk.version });
  const failed = (rules: readonly Rule[]) => (error: Error) => {
    // The banner says it, with the two ways on.
    if (error instanceof ApiError && error.status === 409) return;
    toast(t('route.save_failed', { reason: reasonOf(error, rules) }), { tone: 'bad' });
  };
  const write = (rules: readonly Rule[], version: string) => {
    save.mutate({ rules, version }, {
      onError: failed(rules),
      onSuccess: (now) => {
        setDraft(null);
        toast(t('route.saved', { place }), {
          action: {
            label: t('route.undo'),
            run: () => save.mutate({ rules: saved, version: now.version }, { onError: failed(saved), onSuccess: () => void toast(t('route.undone', { place })) }),
          },
        });
      },
    });
  };
  return {
    own: draft?.rules ?? saved,
    dirty,
    conflict: dirty && draft.version !== desk.version,
    saving: save.isPending,
    change,
    discard: () => setDraft(null),
    save: () => write(draft?.rules ?? saved, draft?.version ?? desk.version),
    saveOver: () => write(draft?.rules ?? saved, desk.version),
  };
}
