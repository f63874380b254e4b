/** Texts in the reader's language. The page's own `lang` says which, so nothing flickers. */
import { EN, type Catalogue, type Forms, type Key } from "./en";

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

type Values = Readonly<Record<string, string | number>>;

let language: Language = "en";
let catalogue: Catalogue = EN;
let labels: Readonly<Record<string, string>> = {};

const LOCALES: Readonly<Record<Language, string>> = { en: "en-GB", de: "de-DE" };

/** For Intl: how the language writes dates and numbers. */
export const currentLocale = (): string => LOCALES[language];
export const currentLanguage = (): Language => language;

/** Loads the file of a language before the first text is drawn; English needs none. */
export async function loadLanguage(wanted: string): Promise<void> {
  if (wanted === "de") {
    const [texts, words] = await Promise.all([import("./de"), import("./labels.de")]);
    catalogue = texts.DE;
    labels = words.LABELS_DE;
    language = "de";
  } else {
    catalogue = EN;
    labels = {};
    language = "en";
  }
}

/** The text of a key; `{name}` takes a value, and `{n}` decides on the plural form. */
export function t(key: Key, values: Values = {}): string {
  const entry: string | Forms = catalogue[key];
  const text = typeof entry === "string" ? entry : pickForm(entry, Number(values.n));
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => write(values[name] ?? whole));
}

/** Fractions as the language writes them. */
const write = (value: string | number): string =>
  typeof value === "number" && !Number.isInteger(value)
    ? value.toLocaleString(currentLocale())
    : String(value);

/** One of the viewer's own words; it stays English where a language does not have it. */
export const translateLabel = (english: string): string => labels[english] ?? english;

const pickForm = (forms: Forms, n: number): string =>
  forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
