// What the panel of a deal opens: the move and the change, each of which closes it and goes on by itself.
import type { DealDetail } from '../../api/rows';
import type { Role } from '../../lib/domain';
import { ChangeForm } from './deal-forms';
import type { DealPatch, Place } from './model';
import { MovePanel } from './move-panel';
import { useChangeDeal } from './mutations';

interface DealChangeProps {
  deal: DealDetail;
  role: Role;
  onClose: () => void;
}

function useSending({ deal, role, onClose }: DealChangeProps) {
  const change = useChangeDeal(role);
  return (patch: DealPatch) => {
    onClose();
    change.mutate({ deal, patch });
  };
}

export function MoveDeal(props: DealChangeProps & { targets: Place[] }) {
  return <MovePanel deal={props.deal} targets={props.targets} onChange={useSending(props)} />;
}

export function ChangeDeal(props: DealChangeProps) {
  return <ChangeForm deal={props.deal} onChange={useSending(props)} onCancel={props.onClose} />;
}
