// The language that is spoken: chosen by the person, else the browser's. Another one than English comes as a table.
export const languages = ['en', 'nl', 'es', 'fr', 'pap'] as const;
export type Language = (typeof languages)[number];
/** Those that the app itself speaks. */
export const spokenLanguages = ['en', 'nl'] as const;
export type Spoken = (typeof spokenLanguages)[number];

type Table = Readonly<Record<string, string>>;

const locales: Readonly<Record<Spoken, string>> = { en: 'en-GB', nl: 'nl' };
export const storedLanguage = 'flash.language';
const known = (name: string | null): Spoken | undefined => spokenLanguages.find((one) => one === name);

let spoken: Spoken = 'en';
let table: Table | undefined;

export const language = (): Spoken => spoken;
/** What Intl formats figures and dates by. */
export const locale = (): string => locales[spoken];
/** The word of a key in the language spoken; undefined in English, whose words are with their screens. */
export const wordOf = (key: string): string | undefined => table?.[key];

/** What was chosen on this device, else the first of the browser's languages that there is, else English. */
export function chosenLanguage(): Spoken {
  return known(localStorage.getItem(storedLanguage))
    ?? navigator.languages.map((tag) => known(tag.split('-')[0] ?? '')).find(Boolean) ?? 'en';
}

/** Loads the words that a page needs, before it is drawn. */
export async function speak(path: string, wanted = chosenLanguage()): Promise<void> {
  table = wanted === 'en' ? undefined : await (await import('./words')).wordsFor(wanted, path);
  spoken = wanted;
  document.documentElement.lang = spoken;
}
