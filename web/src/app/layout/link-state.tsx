// Whether changes arrive by themselves right now.
import { useLink } from '../../api/realtime';
import { t } from '../../lib/en';

export function LinkState() {
  const { link, latency } = useLink();
  const live = link === 'live';
  return (
    <p role="status" title={t('app.link_title')} className="flex items-center gap-[7px] px-2 pb-2.5 text-12 text-ink-3">
      <span aria-hidden="true" className={`size-1.5 rounded-full ${live ? 'bg-good' : 'border-[1.5px] border-warn'}`} />
      {t(live ? 'app.live' : 'app.reconnecting')}
      {live && latency !== null && <span className="tabular ml-auto" aria-hidden="true">{t('app.latency', { ms: latency })}</span>}
    </p>
  );
}
