// Typed text: English tables of keys and sentences with `{name}` places and _one/_other plurals; where another language
// is spoken, its word for the key.
import { locale, wordOf } from './language';

type Places<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? P | Places<Rest> : never;
type Params<S extends string> = [Places<S>] extends [never]
  ? []
  : [params: Record<Places<S>, string | number>];
type PluralBase<K> = K extends `${infer Base}_other` ? Base : never;

type Table = Readonly<Record<string, string>>;

const place = /\{(\w+)\}/g;

export function fill(text = '', params: Record<string, string | number> = {}): string {
  return text.replace(place, (_, name: string) => {
    const value = params[name];
    return typeof value === 'number' ? value.toLocaleString(locale()) : (value ?? '');
  });
}

/** `area` stands before the keys of a table in the other languages, where all tables are one. */
export function translator<T extends Table>(table: T, area = '') {
  const has = (key: string): key is keyof T & string => key in table;
  const word = (key: string): string | undefined => wordOf(area + key) ?? table[key];
  const t = <K extends keyof T & string>(key: K, ...params: Params<T[K]>): string =>
    fill(word(key), params[0]);
  /** Picks `key_one` or `key_other` by the count, which fills `{n}`. */
  const count = (key: PluralBase<keyof T & string>, n: number, more: Record<string, string> = {}): string =>
    fill(word(`${key}_${new Intl.PluralRules(locale()).select(n)}`) ?? word(`${key}_other`), { n, ...more });
  return { t, count, has, word };
}
