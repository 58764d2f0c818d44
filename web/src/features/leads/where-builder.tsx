// Builds conditions in groups. How many leads match is counted while one builds; nothing is shown before one says so.
import { useQuery } from '@tanstack/react-query';
import { Plus, X } from 'lucide-react';
import { useMemo, useState } from 'react';

import { territoriesQuery, withBelow } from '../../api/directory';
import type { PersonRow, TerritoryNode } from '../../api/rows';
import { count, t } from '../../lib/en-where';
import { Button } from '../../ui/button';
import type { LeadFilters } from './filters';
import { leadCountQuery } from './queries';
import { countTests, type Group, isGroup, isWhole, limits, type Part, type Test, whereOf, writeWhere } from './where';
import { ConditionRow } from './where-condition';
import { joint, type Known } from './where-words';

interface WhereBuilderProps {
  first: Group | null;
  filters: LeadFilters;
  me: string;
  people: readonly PersonRow[];
  /** As an address writes them; undefined: none any more. */
  onSave: (where: string | undefined) => void;
}

const noNodes: TerritoryNode[] = [];
const lettersMax = 1000;
const fresh: Test = { field: 'status', how: 'is', values: [] };

interface GroupBoxProps {
  group: Group;
  depth: number;
  name: string;
  known: Known;
  full: boolean;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

function GroupBox({ group, depth, name, known, full, onChange, onRemove }: GroupBoxProps) {
  const put = (at: number, part: Part | null) =>
    onChange({ ...group, parts: group.parts.flatMap((one, i) => (i !== at ? [one] : part === null ? [] : [part])) });
  const add = (part: Part) => onChange({ ...group, parts: [...group.parts, part] });
  return (
    <fieldset className={depth === 0 ? '' : 'rounded-m border border-line bg-sunken p-2'}>
      <legend className="sr-only">{name}</legend>
      <div className="mb-2 flex items-center gap-2">
        <span aria-hidden="true" className="font-semibold">{name}</span>
        <select
          aria-label={`${name}, ${t('where.match')}`} value={group.any ? 'any' : 'all'} onChange={(event) => onChange({ ...group, any: event.target.value === 'any' })}
          className="h-7 rounded-m border border-control bg-surface px-1.5 max-md:h-11"
        >
          <option value="all">{t('where.all')}</option>
          <option value="any">{t('where.any')}</option>
        </select>
        {onRemove && (
          <Button look="quiet" size="icon" className="ml-auto max-md:size-11" aria-label={t('where.remove_group', { n: name })} onClick={onRemove}><X /></Button>
        )}
      </div>
      <ul className="grid gap-1.5">
        {group.parts.map((part, i) => (
          <li key={i} className="grid grid-cols-[34px_minmax(0,1fr)] items-start gap-1 max-md:grid-cols-1">
            <span className="pt-[5px] text-right text-12 text-ink-3 max-md:pt-0 max-md:text-left">{i > 0 && joint(group)}</span>
            {isGroup(part)
              ? <GroupBox group={part} depth={depth + 1} name={t('where.group', { n: i + 1 })} known={known} full={full} onChange={(next) => put(i, next)} onRemove={() => put(i, null)} />
              : <ConditionRow test={part} n={i + 1} known={known} onChange={(next) => put(i, next)} onRemove={() => put(i, null)} />}
          </li>
        ))}
      </ul>
      <div className="mt-1.5 flex gap-1 pl-[34px] max-md:pl-0">
        <Button look="quiet" className="px-1.5 text-sea! max-md:h-11" disabled={full} onClick={() => add(fresh)}><Plus aria-hidden="true" />{t('where.add')}</Button>
        {depth + 1 < limits.depth && (
          <Button look="quiet" className="px-1.5 text-sea! max-md:h-11" disabled={full} onClick={() => add({ any: !group.any, parts: [fresh] })}>
            <Plus aria-hidden="true" />{t('where.add_group')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

export function WhereBuilder({ first, filters, me, people, onSave }: WhereBuilderProps) {
  const nodes = useQuery(territoriesQuery).data ?? noNodes;
  const [draft, setDraft] = useState<Group>(first ?? { any: false, parts: [fresh] });
  const known = useMemo(() => ({ people, nodes }), [people, nodes]);
  const whole = isWhole(draft);
  const long = whole && writeWhere(draft).length > lettersMax;
  const where = useMemo(
    () => (whole ? whereOf(writeWhere(draft), { me, below: (node) => [...withBelow(nodes, node)] }) : null), [whole, draft, me, nodes],
  );
  const matching = useQuery({ ...leadCountQuery({ ...filters, where }), enabled: whole }).data;
  const tests = countTests(draft);
  return (
    <form
      className="grid max-h-[min(70dvh,620px)] grid-rows-[minmax(0,1fr)_auto]"
      onSubmit={(event) => {
        event.preventDefault();
        if (whole && !long) onSave(writeWhere(draft));
      }}
    >
      <div className="overflow-auto p-4 max-md:p-3">
        <GroupBox group={draft} depth={0} name={t('where.title')} known={known} full={tests >= limits.tests} onChange={setDraft} />
      </div>
      <div className="flex flex-wrap items-center gap-2 border-t border-line px-4 py-3">
        <Button type="submit" look="primary" className="max-md:h-11" disabled={!whole || long}>
          {matching === undefined || !whole ? t('where.counting') : count('where.show', matching)}
        </Button>
        <span role="status" className="text-12 text-ink-3">
          {long ? t('where.too_long') : tests >= limits.tests ? t('where.too_many', { n: limits.tests }) : !whole && t('where.not_whole')}
        </span>
        {first !== null && <Button look="quiet" className="ml-auto max-md:h-11" onClick={() => onSave(undefined)}>{t('where.none')}</Button>}
      </div>
    </form>
  );
}
