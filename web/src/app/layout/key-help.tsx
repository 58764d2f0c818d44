// The list of keys.
import { Dialog } from 'radix-ui';

import { t } from '../../lib/en';
import { Button } from '../../ui/button';
import { Kbd } from '../../ui/kbd';

const lines: [string[], string][] = [
  [['J', 'K'], t('keys.move')], [['Enter'], t('keys.open')], [['/'], t('keys.search')], [['N'], t('keys.note')],
  [['G', 'D'], t('nav.dashboard')], [['G', 'L'], t('nav.leads')], [['?'], t('keys.help')],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-rise fixed top-28 left-1/2 z-31 w-[min(420px,calc(100vw-32px))] -translate-x-1/2 rounded-[10px] bg-raised p-5 shadow-e3"
        >
          <Dialog.Title className="text-15">{t('keys.title')}</Dialog.Title>
          <ul className="my-3">
            {lines.map(([keys, what]) => (
              <li key={what} className="flex h-8 items-center gap-1 border-t border-line">
                <span className="flex-1">{what}</span>
                {keys.map((key) => <Kbd key={key}>{key}</Kbd>)}
              </li>
            ))}
          </ul>
          <Dialog.Close asChild><Button>{t('keys.close')}</Button></Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
