/** What a slider and its number show while somebody moves or types, ahead of the server's answer. */

export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Typed {
  readonly text: string;
  /** What was asked of the server; null while the text is no value of the range. */
  readonly asked: number | null;
}

const numberOf = (text: string): number | null => {
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : null;
};

/** A text as it is typed: asked for as soon as it lies in the range, and never changed under way. */
export function typeIn(text: string, { low, high }: Range): Typed {
  const number = numberOf(text);
  return { text, asked: number !== null && number >= low && number <= high ? number : null };
}

/** The value a text left as it is comes to; null where it is none. */
export function settle(text: string, { low, high }: Range): number | null {
  const number = numberOf(text);
  return number === null ? null : Math.min(high, Math.max(low, number));
}

/** What still stands of it: all until the server has answered, then only what it agreed to. */
export const standing = (typed: Typed | null, value: number, busy: boolean): Typed | null =>
  typed && (typed.asked === null || busy || typed.asked === value) ? typed : null;
