// Typed text: a table of keys and sentences per language, with `{name}` places and _one/_other plurals.
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
    return typeof value === 'number' ? value.toLocaleString('en') : (value ?? '');
  });
}

export function translator<T extends Table>(table: T, language = 'en') {
  const plural = new Intl.PluralRules(language);
  const t = <K extends keyof T & string>(key: K, ...params: Params<T[K]>): string =>
    fill(table[key], params[0]);
  /** Picks `key_one` or `key_other` by the count, which fills `{n}`. */
  const count = (key: PluralBase<keyof T & string>, n: number, more: Record<string, string> = {}): string =>
    fill(table[`${key}_${plural.select(n)}`] ?? table[`${key}_other`], { n, ...more });
  return { t, count };
}
