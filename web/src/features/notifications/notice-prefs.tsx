// Which kinds by which channel, and the hours in which nothing is sent.
import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent } from 'react';

import { ApiError } from '../../api/errors';
import { t } from '../../lib/en-notices';
import { textOf } from '../../lib/form-data';
import { Box } from '../../ui/box';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';
import { toast } from '../../ui/toasts';
import { type Channel, channels, type NoticeKind, noticeKinds, prefOf, prefsQuery, useSavePrefs } from './centre-queries';

const time = 'h-8 rounded-m border border-control bg-surface px-2 max-md:h-11 max-md:text-16';

export function NoticePrefs({ me }: { me: string }) {
  const { data, error, refetch } = useQuery(prefsQuery);
  const save = useSavePrefs(me);
  if (error && !data) {
    return (
      <Failed
        title={t('prefs.load_failed')} requestLabel={t('app.request')} requestId={error instanceof ApiError ? error.requestId : null}
        actions={<Button onClick={() => void refetch()}>{t('app.retry')}</Button>}
      >
        {error.message}
      </Failed>
    );
  }
  if (!data) return null;
  const toggle = (kind: NoticeKind, channel: Channel) => {
    const now = prefOf(data, kind);
    save.mutate([{ ...now, [channel]: !now[channel] }]);
  };
  const { quiet_from: from, quiet_to: to } = prefOf(data, 'lead_assigned');
  const setQuiet = (quiet_from: string | null, quiet_to: string | null) => {
    // The hours are the person's, so every kind has the same.
    save.mutate(noticeKinds.map((kind) => ({ ...prefOf(data, kind), quiet_from, quiet_to })), { onSuccess: () => void toast(t('prefs.saved')) });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setQuiet(textOf(form, 'from'), textOf(form, 'to'));
  };
  return (
    <section aria-labelledby="prefs-title" className="p-5">
      <h2 id="prefs-title" className="mb-2">{t('prefs.title')}</h2>
      <table className="w-full">
        <thead>
          <tr className="text-12 text-ink-3">
            <th scope="col" className="h-7 text-left font-medium">{t('prefs.kind')}</th>
            {channels.map((channel) => <th key={channel} scope="col" className="w-16 text-left font-medium">{t(`prefs.${channel}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {noticeKinds.map((kind) => (
            <tr key={kind}>
              <th scope="row" className="h-8 border-t border-line text-left font-normal max-md:h-11">{t(`kind.${kind}`)}</th>
              {channels.map((channel) => (
                <td key={channel} className="border-t border-line">
                  <Box
                    tabbable label={t('prefs.cell', { kind: t(`kind.${kind}`), channel: t(`prefs.${channel}`) })}
                    checked={prefOf(data, kind)[channel]} onChange={() => toggle(kind, channel)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className="mt-5">{t('prefs.quiet')}</h3>
      <p className="mb-2 text-ink-2">{t('prefs.quiet_more')}</p>
      <form onSubmit={submit} key={`${from ?? ''}${to ?? ''}`} className="flex flex-wrap items-end gap-2">
        <label className="grid gap-1 text-12 text-ink-2">{t('prefs.from')}<input type="time" name="from" required defaultValue={from?.slice(0, 5) ?? '20:00'} className={time} /></label>
        <label className="grid gap-1 text-12 text-ink-2">{t('prefs.to')}<input type="time" name="to" required defaultValue={to?.slice(0, 5) ?? '07:00'} className={time} /></label>
        <Button type="submit" className="h-8 max-md:h-11">{t('prefs.save_quiet')}</Button>
        {from !== null && <Button look="quiet" className="h-8 max-md:h-11" onClick={() => setQuiet(null, null)}>{t('prefs.no_quiet')}</Button>}
      </form>
    </section>
  );
}
