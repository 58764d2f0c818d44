// Says since when the screen is not fresh; what was loaded stays readable.
import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';

import { t } from '../../lib/en';
import { clock } from '../../lib/time';
import { useOnline } from '../../ui/use-online';

export function OfflineBar() {
  const online = useOnline();
  const [since, setSince] = useState<Date | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setSince(online ? null : new Date()));
    return () => clearTimeout(timer);
  }, [online]);
  if (!since) return null;
  return (
    <p role="status" className="flex flex-none items-center gap-[9px] border-b border-line bg-warn-tint px-4 py-[9px]">
      <WifiOff aria-hidden="true" className="size-4 flex-none stroke-[1.5] text-warn" />
      <span><b className="font-semibold">{t('app.offline', { time: clock(since) })}</b> {t('app.offline_more')}</span>
    </p>
  );
}
