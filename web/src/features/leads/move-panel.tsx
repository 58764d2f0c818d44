// The legal moves as a list; one that must say something asks it in the same panel.
import { useState } from 'react';

import type { LeadDetail } from '../../api/rows';
import type { Status } from '../../lib/domain';
import { statusName } from '../../lib/en';
import { t } from '../../lib/en-lead-move';
import { StatusDial } from '../../ui/status-dial';
import { needs } from './model';
import { MoveForm } from './move-form';
import { type Move, useMove } from './mutations';

interface MovePanelProps {
  lead: LeadDetail;
  targets: Status[];
  onMove: (move: Move) => void;
}

function MovePanel({ lead, targets, onMove }: MovePanelProps) {
  const [target, setTarget] = useState<Status | null>(null);
  if (target !== null) {
    return <MoveForm from={lead.status} to={target} onCancel={() => setTarget(null)} onMove={onMove} />;
  }
  return (
    <>
      <p className="px-2 pt-1 pb-1.5 text-12 text-ink-3">{t('move.title', { name: lead.business_name })}</p>
      <ul>
        {targets.map((to) => (
          <li key={to}>
            <button
              type="button"
              className="flex h-[30px] w-full items-center gap-2 rounded-m px-2 hover:bg-sea-tint focus-visible:bg-sea-tint max-md:h-11"
              onClick={() => (needs(lead.status, to) === null ? onMove({ to }) : setTarget(to))}
            >
              <StatusDial status={to} />
              {statusName(to)}{needs(lead.status, to) !== null && '…'}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Closes the panel that it stands in, and goes on by itself. */
export function MoveLead({ lead, targets, onClose }: { lead: LeadDetail; targets: Status[]; onClose: () => void }) {
  const move = useMove(lead);
  return (
    <MovePanel
      lead={lead} targets={targets}
      onMove={(how) => {
        onClose();
        move.mutate(how);
      }}
    />
  );
}
