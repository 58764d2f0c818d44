// What one does with the whole dashboard: share its arrangement, keep one that came with a link, see it full screen.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Maximize, Share2 } from 'lucide-react';

import { supabase } from '../../api/client';
import { unwrap } from '../../api/errors';
import { keys } from '../../api/keys';
import { t } from '../../lib/en-layout';
import { Button } from '../../ui/button';
import { toast } from '../../ui/toasts';
import { layoutWord, type Placed } from './layout-model';

export function DashboardTools({ layout, isShared, me }: { layout: readonly Placed[]; isShared: boolean; me: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = () => void navigate({ to: '/', search: (now: { territory?: number | undefined }) => ({ territory: now.territory }) });
  const keep = async () => {
    try {
      unwrap(await supabase.from('dashboard_layouts').upsert({ user_id: me, widgets: layout }, { onConflict: 'user_id' }).select('user_id'));
      client.setQueryData(keys.layout, [...layout]);
      toast(t('layout.kept'));
      leave();
    } catch (error) {
      toast(t('layout.failed', { reason: (error as Error).message }), { tone: 'bad' });
    }
  };
  const share = async () => {
    const link = new URL(location.href);
    link.searchParams.set('layout', layoutWord(layout));
    await navigator.clipboard.writeText(link.href)
      .then(() => toast(t('layout.copied')), () => toast(t('layout.not_copied', { link: link.href }), { ms: 30_000 }));
  };
  return (
    <span className="flex items-center gap-1 max-md:hidden">
      {isShared && (
        <>
          <span className="text-12 text-ink-3">{t('layout.shared')}</span>
          <Button onClick={() => void keep()}>{t('layout.keep')}</Button>
          <Button look="quiet" onClick={leave}>{t('layout.back')}</Button>
        </>
      )}
      <Button look="quiet" onClick={() => void share()}><Share2 aria-hidden="true" />{t('layout.share')}</Button>
      <Button look="quiet" size="icon" aria-label={t('layout.full')} title={t('layout.full')} onClick={() => void document.getElementById('dashboard')?.requestFullscreen()}>
        <Maximize aria-hidden="true" />
      </Button>
    </span>
  );
}
