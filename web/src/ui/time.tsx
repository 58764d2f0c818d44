// A time as people read it; the exact one on hover and for machines.
import { useNow } from './use-now';
import { ago, exact, stamp } from '../lib/time';

interface TimeProps {
  at: string;
  as?: 'ago' | 'stamp';
  className?: string;
}

export function Time({ at, as = 'ago', className }: TimeProps) {
  const now = useNow();
  const date = new Date(at);
  return (
    <time dateTime={at} title={exact(date)} className={className}>
      {as === 'ago' ? ago(date, now) : stamp(date, now)}
    </time>
  );
}
