// The lines of the palette: what was typed is underlined, not coloured.
import type { PersonRow } from '../../api/rows';
import { bandOf, statuses } from '../../lib/domain';
import { statusName, stageName } from '../../lib/en';
import { t } from '../../lib/en-frame';
import { Avatar, Nobody } from '../../ui/avatar';
import { bandInk } from '../../ui/score-bar';
import { StatusDial } from '../../ui/status-dial';
import { pieces } from './model';
import type { Found } from './queries';

export function Name({ text, typed }: { text: string; typed: string }) {
  return (
    <span className="flex-none truncate font-medium">
      {pieces(text, typed).map(({ text: part, hit }, i) =>
        hit ? <span key={i} className="underline decoration-sea decoration-2 underline-offset-[3px]">{part}</span> : part)}
    </span>
  );
}

interface RecordLineProps {
  found: Found;
  typed: string;
  people: Map<string, PersonRow>;
  place: string;
}

export function RecordLine({ found, typed, people, place }: RecordLineProps) {
  const { kind, title, detail, state, score, owner_id: owner } = found;
  const status = kind === 'lead' ? statuses.find((one) => one === state) : undefined;
  if (kind === 'person') {
    return (
      <>
        <Avatar id={found.id} name={title} size="m" />
        <Name text={title} typed={typed} />
        <span className="truncate text-ink-3">{detail}</span>
        <span className="ml-auto flex-none text-ink-2">{t(`role.${state as PersonRow['role']}`)}</span>
      </>
    );
  }
  return (
    <>
      <span className={`tabular w-6 flex-none font-semibold ${score === null ? 'text-ink-3' : bandInk[bandOf(score)]}`}>{score ?? '–'}</span>
      <Name text={title} typed={typed} />
      <span className="truncate text-ink-3">
        {kind === 'deal' && <span className="text-ink-2">{t('palette.deal')} </span>}
        {[kind === 'lead' ? detail : null, place].filter(Boolean).join(', ')}
      </span>
      <span className="ml-auto flex flex-none items-center gap-1.5 text-ink-2">
        {status && <StatusDial status={status} />}
        {status ? statusName(status) : stageName(state)}
      </span>
      {owner === null
        ? <Nobody label={t('app.nobody')} />
        : <Avatar id={owner} name={people.get(owner)?.full_name ?? t('app.somebody')} size="s" />}
    </>
  );
}
