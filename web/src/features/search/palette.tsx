// The command palette: records as the server finds them, then people, territories and commands. One list, walked by
// arrows, opened by Enter; the focus stays where one types.
import { useQuery } from '@tanstack/react-query';
import { MapPin, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

import type { PersonRow, TerritoryNode } from '../../api/rows';
import { count, t } from '../../lib/en-frame';
import { locale } from '../../lib/language';
import { Kbd } from '../../ui/kbd';
import { fits, type Command } from './model';
import { Name, RecordLine } from './palette-lines';
import { type Found, leastLetters, searchQuery } from './queries';

interface PaletteProps {
  people: Map<string, PersonRow>;
  nodes: readonly TerritoryNode[];
  scope: string;
  commands: readonly Command[];
  recent: readonly { id: string; name: string }[];
  onLead: (id: string) => void;
  onPerson: (id: string) => void;
  onTerritory: (id: number) => void;
  onClose: () => void;
}

interface Item {
  id: string;
  draw: ReactNode;
  run: () => void;
}

interface Group {
  label: string;
  items: Item[];
  /** How many items stand before it. */
  before: number;
}

const placesShown = 5;
const line = 'flex h-9 min-w-0 items-center gap-3 rounded-m px-3 max-md:h-12';

function useGroups(props: PaletteProps, typed: string, found: readonly Found[]): Group[] {
  const { people, nodes, commands, recent } = props;
  const place = (id: number | null) => nodes.find((node) => node.id === id)?.name ?? '';
  const item = (id: string, draw: ReactNode, run: () => void): Item => ({ id, draw, run });
  const records = found.filter(({ kind, lead_id: lead }) => kind !== 'person' && lead !== null);
  const persons = found.filter(({ kind }) => kind === 'person');
  const places = typed === '' ? [] : nodes.filter((node) => node.kind !== 'root' && fits(node.name, typed)).slice(0, placesShown);
  const fitting = commands.filter(({ label, also = '' }) => fits(`${label} ${also}`, typed));
  const groups: Omit<Group, 'before'>[] = [
    {
      label: t('palette.recent'),
      items: typed === '' ? recent.map(({ id, name }) => item(`r${id}`, <span className="truncate">{name}</span>, () => props.onLead(id))) : [],
    },
    {
      label: t('palette.records'),
      items: records.map((one) => item(
        one.kind + one.id, <RecordLine found={one} typed={typed} people={people} place={place(one.territory_id)} />,
        () => props.onLead(one.lead_id ?? one.id),
      )),
    },
    {
      label: t('palette.people'),
      items: persons.map((one) => item(`p${one.id}`, <RecordLine found={one} typed={typed} people={people} place="" />, () => props.onPerson(one.id))),
    },
    {
      label: t('palette.territories'),
      items: places.map((node) => item(
        `t${node.id}`,
        <>
          <MapPin aria-hidden="true" className="size-4 flex-none stroke-[1.5] text-ink-3" />
          <Name text={node.name} typed={typed} />
          <span className="truncate text-ink-3">{place(node.parent_id)}</span>
          <span className="tabular ml-auto text-12 text-ink-3">{node.open_leads.toLocaleString(locale())}</span>
        </>,
        () => props.onTerritory(node.id),
      )),
    },
    {
      label: t('palette.commands'),
      items: fitting.map((command) => item(
        command.id,
        <>
          <span aria-hidden="true" className="grid size-4 flex-none place-items-center text-ink-3 [&_svg]:size-4 [&_svg]:stroke-[1.5]">{command.icon}</span>
          <span className="truncate">{command.label}</span>
          <span aria-hidden="true" className="ml-auto flex gap-1 max-md:hidden">{command.keys?.map((key) => <Kbd key={key}>{key}</Kbd>)}</span>
        </>,
        command.run,
      )),
    },
  ];
  const shown = groups.filter(({ items }) => items.length > 0);
  return shown.map((group, i) => ({
    ...group, before: shown.slice(0, i).reduce((sum, { items }) => sum + items.length, 0),
  }));
}

/** What was typed, once the fingers rest. */
function useRested(text: string, ms: number): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return rested;
}

export function Palette(props: PaletteProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [hurry, setHurry] = useState(false);
  const typed = text.trim();
  const asked = useRested(typed, 120);
  const search = useQuery(searchQuery(asked));
  const groups = useGroups(props, typed, typed.length >= leastLetters ? (search.data ?? []) : []);
  const items = groups.flatMap((group) => group.items);
  const at = Math.min(active, items.length - 1);
  const settled = asked === typed && !search.isFetching;

  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);

  const choose = (item: Item | undefined) => {
    if (!item) return;
    props.onClose();
    item.run();
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((at + step + items.length) % Math.max(1, items.length));
    // Not before the answer to what was typed: it must not open what another word had found.
    else if (event.key !== 'Enter') return;
    else if (settled) choose(items[at]);
    else setHurry(true);
    event.preventDefault();
  };
  useEffect(() => {
    if (!hurry || !settled) return;
    const timer = setTimeout(() => {
      setHurry(false);
      choose(items[at]);
    });
    return () => clearTimeout(timer);
  });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && props.onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          className="animate-rise fixed top-28 left-1/2 z-31 flex max-h-[min(560px,calc(100dvh-140px))] w-[min(680px,calc(100vw-24px))] -translate-x-1/2 flex-col overflow-hidden rounded-[10px] bg-raised shadow-e3 max-md:top-3"
        >
          <Dialog.Title className="sr-only">{t('palette.title')}</Dialog.Title>
          <div className="flex h-[50px] flex-none items-center gap-3 border-b border-line px-4">
            <Search aria-hidden="true" className="size-4 flex-none stroke-[1.5] text-ink-3" />
            <input
              autoFocus value={text} role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-autocomplete="list"
              aria-activedescendant={items.length > 0 ? `${id}-${at}` : undefined} aria-label={t('palette.input')} placeholder={t('palette.input')}
              maxLength={120} autoComplete="off" spellCheck={false}
              className="h-full min-w-0 flex-1 bg-transparent text-15 outline-none placeholder:text-ink-3 max-md:text-16"
              onKeyDown={onKey}
              onChange={(event) => {
                setText(event.target.value);
                setActive(0);
                setHurry(false);
              }}
            />
            <span className="truncate text-12 text-ink-3 max-md:hidden">{props.scope}</span>
            <span aria-hidden="true"><Kbd>Esc</Kbd></span>
          </div>
          <div ref={list} id={`${id}-list`} role="listbox" aria-label={t('palette.title')} className="min-h-0 flex-1 overflow-auto p-1.5">
            {groups.map((group) => (
              <div key={group.label} role="group" aria-label={group.label}>
                <p aria-hidden="true" className="px-2.5 pt-2 pb-1 text-12 text-ink-3">{group.label}</p>
                {group.items.map((item, i) => {
                  const here = group.before + i;
                  return (
                    <div
                      key={item.id} id={`${id}-${here}`} role="option" aria-selected={here === at} data-active={here === at || undefined}
                      className={`${line} ${here === at ? 'bg-sea-tint' : ''}`}
                      onPointerMove={() => here !== at && setActive(here)} onClick={() => choose(item)}
                    >
                      {item.draw}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          {search.error && typed !== '' && <p role="alert" className="px-4 pb-3 text-bad">{t('palette.failed', { reason: search.error.message })}</p>}
          <p role="status" className="sr-only">{settled && typed !== '' ? count('palette.found', items.length) : ''}</p>
          {items.length === 0 && settled && (
            <p className="px-4 pt-2 pb-5 text-ink-2">{t('palette.none', { text: typed })} <span className="text-ink-3">{t('palette.none_more')}</span></p>
          )}
          <div aria-hidden="true" className="flex h-9 flex-none items-center gap-4 border-t border-line bg-sunken px-4 text-12 text-ink-2 max-md:hidden">
            <span className="flex items-center gap-1"><Kbd>↑</Kbd><Kbd>↓</Kbd> {t('palette.choose')}</span>
            <span className="flex items-center gap-1"><Kbd>↵</Kbd> {t('palette.open')}</span>
            <span className="ml-auto text-ink-3">{t('palette.close_matches')}</span>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
