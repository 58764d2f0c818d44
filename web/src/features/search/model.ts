// Pure helpers of the palette: which commands fit what was typed, and what of a name to underline.
import type { ReactNode } from 'react';

export interface Command {
  id: string;
  label: string;
  icon: ReactNode;
  keys?: readonly string[];
  /** Other words one might type for it. */
  also?: string;
  run: () => void;
}

export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (typed: string): string[] => fold(typed).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

/** Whether each typed word begins a word of the text. */
export function fits(text: string, typed: string): boolean {
  const known = wordsOf(text);
  return wordsOf(typed).every((word) => known.some((one) => one.startsWith(word)));
}

export interface Piece {
  text: string;
  hit: boolean;
}

/** The text in pieces: what was typed, at the beginning of a word, and the rest. */
export function pieces(text: string, typed: string): Piece[] {
  const wanted = wordsOf(typed);
  const out: Piece[] = [];
  const add = (part: string, hit: boolean) => {
    const last = out.at(-1);
    if (part === '') return;
    if (last?.hit === hit) last.text += part;
    else out.push({ text: part, hit });
  };
  for (const part of text.split(/([^\p{L}\p{N}\p{M}]+)/u)) {
    const hit = wanted.filter((word) => fold(part).startsWith(word)).sort((a, b) => b.length - a.length)[0];
    let end = 0;
    // A letter may fold to none or two: the prefix is as long as its folding.
    while (hit !== undefined && end < part.length && fold(part.slice(0, end)).length < hit.length) end += 1;
    add(part.slice(0, end), true);
    add(part.slice(end), false);
  }
  return out;
}
