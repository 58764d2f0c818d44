// The list of keys.
import { Dialog } from 'radix-ui';

import { t } from '../../lib/en-frame';
import { Button } from '../../ui/button';
import { Kbd } from '../../ui/kbd';

const groups: [string, [string[], string][]][] = [
  [t('keys.group_anywhere'), [
    [['Ctrl', 'K'], t('keys.palette')], [['G', 'D'], t('nav.dashboard')], [['G', 'L'], t('nav.leads')], [['G', 'P'], t('nav.pipeline')], [['G', 'O'], t('nav.organizations')],
    [['?'], t('keys.help')],
  ]],
  [t('keys.group_lists'), [
    [['J', 'K'], t('keys.move')], [['Enter'], t('keys.open')], [['/'], t('keys.search')], [['N'], t('keys.note')],
  ]],
  [t('keys.group_board'), [[['M'], t('keys.move_deal')], [['Shift', '←', '→'], t('keys.steps')]]],
];

export function KeyHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-rise fixed top-20 left-1/2 z-31 max-h-[80dvh] w-[min(460px,calc(100vw-32px))] -translate-x-1/2 overflow-auto rounded-[10px] bg-raised p-5 shadow-e3"
        >
          <Dialog.Title className="text-15">{t('keys.title')}</Dialog.Title>
          {groups.map(([title, lines]) => (
            <section key={title}>
              <h3 className="mt-3 mb-1 text-12 text-ink-3">{title}</h3>
              <ul>
                {lines.map(([keys, what]) => (
                  <li key={what} className="flex h-8 items-center gap-1 border-t border-line">
                    <span className="flex-1">{what}</span>
                    {keys.map((key) => <Kbd key={key}>{key}</Kbd>)}
                  </li>
                ))}
              </ul>
            </section>
          ))}
          <Dialog.Close asChild><Button className="mt-4">{t('keys.close')}</Button></Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
