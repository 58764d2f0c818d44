// How much of the list is loaded, and the keys that work here.
import { t } from '../../lib/en-lead-list';
import { Kbd } from '../../ui/kbd';

export function LeadFoot({ shown, total, loading }: { shown: number; total: number | undefined; loading: boolean }) {
  return (
    <footer className="flex h-[34px] flex-none items-center gap-3.5 border-t border-line px-4 text-12">
      <span aria-live="polite">
        {total !== undefined && (shown === 0
          ? t('leads.none_shown', { all: total })
          : t('leads.range', { shown, all: Math.max(total, shown) }))}
      </span>
      {loading && <span className="text-ink-3">{t('leads.loading_more')}</span>}
      <span aria-hidden="true" className="ml-auto flex items-center gap-3 text-ink-3 max-lg:hidden">
        <span><Kbd>J</Kbd> <Kbd>K</Kbd> {t('leads.keys_move')}</span>
        <span><Kbd>X</Kbd> {t('leads.keys_select')}</span>
        <span><Kbd>Space</Kbd> {t('leads.keys_preview')}</span>
        <span><Kbd>↵</Kbd> {t('leads.keys_open')}</span>
        <span><Kbd>/</Kbd> {t('leads.keys_search')}</span>
        <span><Kbd>?</Kbd> {t('leads.keys_all')}</span>
      </span>
    </footer>
  );
}
