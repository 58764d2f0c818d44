// The page once its rules are there: the bar, what is in the way, the list, the trial.
import { Plus } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';

import type { TerritoryNode } from '../../api/rows';
import { count, t } from '../../lib/en-routing';
import { Button } from '../../ui/button';
import { Failed } from '../../ui/failed';
import { toast } from '../../ui/toasts';
import { added, copied, type Line, linesOf, moved, type Rule, withoutRule, withRule } from './draft';
import { type Desk, useTrial } from './queries';
import { RuleEditor } from './rule-editor';
import { type LineAction, RuleLine } from './rule-line';
import { People, Past } from './side';
import { TrialView } from './trial-view';
import { useDraft } from './use-draft';

interface RulesViewProps {
  desk: Desk;
  nodes: Map<number, TerritoryNode>;
}

/** Steps from the root: more is nearer to a lead. */
function depthIn(nodes: Map<number, TerritoryNode>, territory: number | null): number {
  let steps = 0;
  let node = territory === null ? undefined : nodes.get(territory);
  while (node) {
    steps += 1;
    node = node.parent_id === null ? undefined : nodes.get(node.parent_id);
  }
  // A place that the caller may not see lies above all that he does.
  return territory !== null && steps === 0 ? 0.5 : steps;
}

export function RulesView({ desk, nodes }: RulesViewProps) {
  const territory = desk.territory_id;
  const place = useCallback((id: number | null) => (id === null ? t('route.everywhere') : (nodes.get(id)?.name ?? `#${id}`)), [nodes]);
  const draft = useDraft(desk, place(territory));
  const { own, change } = draft;
  const [editing, setEditing] = useState<number | null>(null);  // its priority: the one thing that no two rules share
  const trial = useTrial(territory);
  const lines = useMemo(
    () => linesOf(own, desk.rules.filter((rule) => rule.territory_id !== territory), (id) => depthIn(nodes, id)),
    [own, desk.rules, territory, nodes],
  );
  const names = useMemo(() => new Map(desk.people.map((one) => [one.id, one.name])), [desk.people]);
  const personName = useCallback((id: string) => names.get(id) ?? t('past.somebody'), [names]);
  const [said, setSaid] = useState('');

  const move = useCallback((from: number, to: number) => {
    const line = lines[from];
    const rules = moved(lines, from, to);
    if (!line?.mine || to < 0 || to >= lines.length) return;
    if (rules === null) {
      toast(t('route.full'), { tone: 'bad' });
      return;
    }
    setEditing(null);
    change(rules);
    setSaid(t('line.moved', { name: line.rule.name, n: to + 1 }));
  }, [lines, change]);
  const replace = (old: Rule, next: Rule) => {
    change(withRule(own, old, next));
    if (editing === old.priority) setEditing(next.priority);
  };
  const remove = (rule: Rule) => {
    setEditing(null);
    change(withoutRule(own, rule));
  };
  const add = () => {
    const made = added(lines, territory, t('route.new_name'));
    if (!made) {
      toast(t('route.full'), { tone: 'bad' });
      return;
    }
    change(made.rules);
    setEditing(made.rule.priority);
  };
  const copy = (rule: Rule, part: Partial<Rule>, edit: boolean) => {
    change(copied(own, rule, territory, part));
    if (edit) setEditing(rule.priority);
  };
  const actionsOf = ({ rule, mine, over }: Line, index: number): LineAction[] => (mine ? [
    { label: t('line.edit'), run: () => setEditing(rule.priority) },
    { label: t('line.up'), run: () => move(index, index - 1) },
    { label: t('line.down'), run: () => move(index, index + 1) },
    { label: over ? t('line.inherit', { place: place(over.territory_id) }) : t('line.remove'), run: () => remove(rule) },
  ] : [
    { label: t('line.change_here'), run: () => copy(rule, {}, true) },
    { label: t('line.off_here'), run: () => copy(rule, { enabled: false }, false) },
  ]);
  const toggle = ({ rule, mine }: Line) => {
    if (mine) replace(rule, { ...rule, enabled: !rule.enabled });
    else copy(rule, { enabled: !rule.enabled }, false);
  };
  const inForce = lines.filter(({ rule }) => rule.enabled).length;

  return (
    <>
      <div className="flex min-h-[46px] flex-none flex-wrap items-center gap-2.5 border-b border-line px-4 py-1.5 max-md:min-h-[54px]">
        <h1 className="text-15">{t('route.title')}</h1>
        <p className="text-ink-2"><b className="font-semibold text-ink">{place(territory)}</b>, {count('route.about', own.length, { all: String(inForce) })}</p>
        <span className="flex-1" />
        {draft.dirty && <span className="text-12 text-warn max-md:hidden">{t('route.changed')}</span>}
        {desk.may_edit && <Button onClick={() => trial.mutate(own)} disabled={trial.isPending}>{t(trial.data ? 'try.again' : 'try.run')}</Button>}
        {draft.dirty && <Button look="quiet" onClick={draft.discard}>{t('route.discard')}</Button>}
        {desk.may_edit && <Button look="primary" disabled={!draft.dirty || draft.saving || draft.conflict} onClick={draft.save}>{t('route.save')}</Button>}
      </div>
      {draft.conflict && (
        <Failed
          title={t('route.conflict')} requestLabel=""
          actions={<><Button onClick={draft.discard}>{t('route.take_theirs')}</Button><Button onClick={draft.saveOver}>{t('route.keep_mine')}</Button></>}
        >
          {t('route.conflict_more')}
        </Failed>
      )}
      {trial.error && <Failed title={t('try.failed')} requestLabel="">{trial.error.message}</Failed>}
      <p role="status" className="sr-only">{said}</p>
      <div className="grid min-h-0 flex-1 overflow-auto lg:grid-cols-[minmax(0,1fr)_400px] lg:overflow-hidden">
        <div className="min-w-0 border-line lg:overflow-auto lg:border-r" tabIndex={0}>
          <section aria-labelledby="rules-title">
            <div className="flex flex-wrap items-baseline gap-x-2 px-4 pt-4 pb-2">
              <h2 id="rules-title">{t('route.rules')}</h2>
              <p className="text-ink-2">{t(desk.may_edit ? 'route.first_wins' : 'route.read_only')}</p>
            </div>
            <ol className="border-y border-line">
              {lines.map((line, i) => (
                <RuleLine
                  key={`${line.mine ? 'own' : 'above'}${line.rule.id ?? line.rule.priority}`} line={line} index={i} mayEdit={desk.may_edit} place={place} people={personName}
                  actions={actionsOf(line, i)} onMove={move} onToggle={() => toggle(line)}
                  onOpen={() => setEditing(editing === line.rule.priority ? null : line.rule.priority)}
                >
                  {desk.may_edit && line.mine && editing === line.rule.priority && (
                    <RuleEditor
                      rule={line.rule} people={desk.people} taken={own.filter((rule) => rule !== line.rule).map(({ priority }) => priority)}
                      onChange={(next) => replace(line.rule, next)} onClose={() => setEditing(null)}
                    />
                  )}
                </RuleLine>
              ))}
            </ol>
            {desk.may_edit && <Button look="quiet" className="m-3 text-sea!" onClick={add}><Plus aria-hidden="true" />{t('route.add')}</Button>}
          </section>
          {trial.data && <TrialView trial={trial.data} onClose={trial.reset} />}
        </div>
        <div className="min-w-0 border-line max-lg:border-t lg:overflow-auto" tabIndex={0}>
          <People desk={desk} />
          <Past territory={territory} />
        </div>
      </div>
    </>
  );
}
