/** How sure a reader is of a mark: 0 to 100, or five steps that stand for fifths of it. */

export type Scale = "hundred" | "five";
export type RatingStep = "1" | "2" | "3" | "4" | "5";

export const RATING_STEPS: readonly RatingStep[] = ["1", "2", "3", "4", "5"];

const KEY = "parenchyma.rating-scale";

/** The step whose fifth holds a rating. */
export const stepOf = (rating: number): RatingStep =>
  RATING_STEPS[Math.min(4, Math.max(0, Math.floor(rating / 20)))] ?? "3";

/** The middle of a step's fifth. */
export const ratingOf = (step: RatingStep): number => 20 * Number(step) - 10;

type Store = Pick<Storage, "getItem" | "setItem">;

/** The scale that was used last in this browser. */
export function readScale(store: Store = localStorage): Scale {
  try {
    return store.getItem(KEY) === "five" ? "five" : "hundred";
  } catch {
    return "hundred";
  }
}

export function keepScale(scale: Scale, store: Store = localStorage): void {
  try {
    store.setItem(KEY, scale);
  } catch {
    // Where nothing can be kept, the choice lasts as long as the page.
  }
}
