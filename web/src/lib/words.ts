// The tables of the other languages. The public form is not given the words of the workspace.
import type { Spoken } from './language';

type Other = Exclude<Spoken, 'en'>;

const forms = { nl: () => import('./words/nl/form') };
const all = { nl: () => import('./words/nl') };
const whole = new Set<Other>();

/** All words of a language; those of the public form alone while nothing else was asked for. */
export async function wordsFor(language: Other, path: string): Promise<Readonly<Record<string, string>>> {
  if (!/^\/f(\/|$)/.test(path)) whole.add(language);
  return (await (whole.has(language) ? all : forms)[language]()).words;
}
