// Planning a task.
import { type SubmitEvent, useState } from 'react';

import { t } from '../../lib/en-lead-edit';
import { textOf } from '../../lib/form-data';
import { isoDay } from '../../lib/time';
import { Button } from '../../ui/button';
import { useWrite, whyNot } from './work-mutations';

const box = 'mt-1 h-8 w-full rounded-m border border-control bg-surface px-2 font-normal max-md:h-11 max-md:text-16';

export function TaskForm({ leadId, onClose }: { leadId: string; onClose: () => void }) {
  const write = useWrite(leadId);
  const [tomorrow] = useState(() => `${isoDay(new Date(Date.now() + 86_400_000))}T09:00`);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    write.mutate(
      { kind: 'task', subject: textOf(form, 'what').trim(), due: new Date(textOf(form, 'when')).toISOString() }, { onSuccess: onClose },
    );
  };
  return (
    <form onSubmit={submit} className="grid gap-3">
      <label className="font-medium">{t('tasks.what')}<input name="what" required maxLength={200} autoFocus className={box} /></label>
      <label className="font-medium">{t('tasks.when')}<input type="datetime-local" name="when" required defaultValue={tomorrow} className={box} /></label>
      <Button type="submit" look="primary" className="justify-self-start max-md:h-11" disabled={write.isPending}>{t('tasks.save')}</Button>
      {write.error && <p role="alert" className="text-bad">{t('tasks.failed', { reason: whyNot(write.error) })}</p>}
    </form>
  );
}
