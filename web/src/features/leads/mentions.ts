// Pure helpers of mentions: the name being typed after an @, and the people that a finished text names.
import type { PersonRow } from '../../api/rows';

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

interface Typed {
  /** Where the @ stands. */
  at: number;
  word: string;
}

/** What is being typed after an @ that begins a word, up to the caret; two words at most. */
export function mentionAt(text: string, caret: number): Typed | null {
  const before = text.slice(0, caret);
  const at = before.lastIndexOf('@');
  if (at < 0 || (at > 0 && !/\s/.test(before[at - 1] ?? ''))) return null;
  const word = before.slice(at + 1);
  return /\n/.test(word) || word.split(' ').length > 2 || word.length > 40 ? null : { at, word };
}

/** Those whose names have a part that begins so, six at most. */
export const candidates = (people: readonly PersonRow[], word: string): PersonRow[] =>
  people.filter(({ full_name: name, active }) => active && (fold(name).startsWith(fold(word)) || fold(name).split(' ').some((part) => part.startsWith(fold(word))))).slice(0, 6);

export const withMention = (text: string, { at, word }: Typed, name: string): string =>
  `${text.slice(0, at)}@${name} ${text.slice(at + 1 + word.length).replace(/^ /, '')}`;

/** The ids of all whose full names stand in the text after an @. */
export const mentioned = (text: string, people: readonly PersonRow[]): string[] =>
  people.filter(({ full_name: name }) => {
    for (let at = text.indexOf(`@${name}`); at >= 0; at = text.indexOf(`@${name}`, at + 1)) {
      if (!/[\p{L}\p{N}]/u.test(text[at + name.length + 1] ?? '')) return true;
    }
    return false;
  }).map(({ id }) => id);
