/**
 * What this browser's screens were found to be, and who was asked to check them. Kept in the
 * browser: the size is the screen's, and a reader at another screen must check that one.
 */
import { NOMINAL_CSS_PX_PER_MM } from "../geometry/measure";
import { clamp } from "../geometry/units";

/** A screen, and how many of its own pixels a CSS pixel has (the browser's zoom counts in). */
export interface Screen {
  readonly key: string;
  readonly ratio: number;
}

export interface Display {
  readonly cssPxPerMm: number;
  /** When it was checked, as ISO date; null where it never was. */
  readonly checked: string | null;
}

interface Kept {
  /** By screen: its own pixels to a millimetre, and when that was found. */
  readonly screens: Readonly<Record<string, { readonly pxPerMm: number; readonly checked: string }>>;
  /** By person and screen: from when on it is offered again; null never. */
  readonly asked: Readonly<Record<string, string | null>>;
}

type Store = Pick<Storage, "getItem" | "setItem">;

const KEY = "parenchyma.display";
const NOTHING: Kept = { screens: {}, asked: {} };
const WEEK_MS = 7 * 24 * 3600 * 1000;

/** Beyond these no screen is: about half and three times what CSS assumes. */
export const FEWEST_PX_PER_MM = 1.9;
export const MOST_PX_PER_MM = 11.3;

export const thisScreen = (): Screen => ({
  key: `${screen.width}x${screen.height}`,
  ratio: devicePixelRatio || 1,
});

/** What was found last; what cannot be read counts as never checked. */
export function readDisplay(at: Screen = thisScreen(), store: Store = localStorage): Display {
  const found = read(store).screens[at.key];
  if (typeof found?.pxPerMm !== "number" || !(found.pxPerMm > 0)) {
    return { cssPxPerMm: NOMINAL_CSS_PX_PER_MM, checked: null };
  }
  const cssPxPerMm = clamp(found.pxPerMm / at.ratio, FEWEST_PX_PER_MM, MOST_PX_PER_MM);
  return { cssPxPerMm, checked: typeof found.checked === "string" ? found.checked : null };
}

/** Keeps what a person found; false where the browser does not let it be kept. */
export function keepDisplay(
  person: number,
  cssPxPerMm: number,
  now: Date,
  at: Screen = thisScreen(),
  store: Store = localStorage,
): boolean {
  const kept = read(store);
  const found = { pxPerMm: cssPxPerMm * at.ratio, checked: now.toISOString() };
  return write(store, {
    screens: { ...kept.screens, [at.key]: found },
    asked: { ...kept.asked, [askedKey(person, at)]: null },
  });
}

/** Whether a person is to be asked to check this screen. */
export function isCheckDue(
  person: number,
  now: Date,
  at: Screen = thisScreen(),
  store: Store = localStorage,
): boolean {
  const until = read(store).asked[askedKey(person, at)];
  return until === undefined || (until !== null && !(Date.parse(until) > now.getTime()));
}

/** The person does not want to check now. */
export function putOffCheck(
  person: number,
  now: Date,
  at: Screen = thisScreen(),
  store: Store = localStorage,
): void {
  const kept = read(store);
  const until = new Date(now.getTime() + WEEK_MS).toISOString();
  write(store, { ...kept, asked: { ...kept.asked, [askedKey(person, at)]: until } });
}

const askedKey = (person: number, { key }: Screen): string => `${person} ${key}`;

function read(store: Store): Kept {
  try {
    const kept = JSON.parse(store.getItem(KEY) ?? "null") as Partial<Kept> | null;
    return { screens: { ...kept?.screens }, asked: { ...kept?.asked } };
  } catch {
    return NOTHING;
  }
}

function write(store: Store, kept: Kept): boolean {
  try {
    store.setItem(KEY, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
