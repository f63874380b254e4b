/** What this browser's screen was found to be; kept in this browser, since it is the screen's. */
import { NOMINAL_CSS_PX_PER_MM } from "../geometry/measure";
import { clamp } from "../geometry/units";

export interface Display {
  readonly cssPxPerMm: number;
  /** When it was checked, as ISO date; null where it never was. */
  readonly checked: string | null;
}

const KEY = "parenchyma.display";

/** Beyond these no screen is: half and three times what CSS assumes. */
export const FEWEST_PX_PER_MM = NOMINAL_CSS_PX_PER_MM / 2;
export const MOST_PX_PER_MM = NOMINAL_CSS_PX_PER_MM * 3;

const UNCHECKED: Display = { cssPxPerMm: NOMINAL_CSS_PX_PER_MM, checked: null };

type Store = Pick<Storage, "getItem" | "setItem">;

/** What was found last; what cannot be read counts as never checked. */
export function readDisplay(store: Store = localStorage): Display {
  try {
    const kept = JSON.parse(store.getItem(KEY) ?? "null") as Partial<Display> | null;
    if (typeof kept?.cssPxPerMm !== "number" || !(kept.cssPxPerMm > 0)) return UNCHECKED;
    const cssPxPerMm = clamp(kept.cssPxPerMm, FEWEST_PX_PER_MM, MOST_PX_PER_MM);
    return { cssPxPerMm, checked: typeof kept.checked === "string" ? kept.checked : null };
  } catch {
    return UNCHECKED;
  }
}

/** Keeps what was found; false where the browser does not let it be kept. */
export function keepDisplay(display: Display, store: Store = localStorage): boolean {
  try {
    store.setItem(KEY, JSON.stringify(display));
    return true;
  } catch {
    return false;
  }
}
