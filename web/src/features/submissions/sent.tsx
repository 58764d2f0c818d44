// The request has arrived: its reference, and nothing about what happens inside.
import { t } from '../../lib/en-form';
import { Button } from '../../ui/button';
import { FormFrame } from './form-frame';

interface SentProps {
  seller: string;
  reference: string;
  onAgain: () => void;
}

export function Sent({ seller, reference, onAgain }: SentProps) {
  return (
    <FormFrame seller={seller} heading={t('sent_heading')}>
      <div role="status" className="grid gap-5">
        <p className="text-ink-2">{t('sent_more', { seller })}</p>
        <p className="border-y border-line py-4">
          <span className="block text-14 text-ink-3">{t('reference')}</span>
          <span className="tabular text-26 font-semibold select-all">{reference}</span>
        </p>
      </div>
      <Button size="phone" className="w-full" onClick={onAgain}>{t('another')}</Button>
    </FormFrame>
  );
}
