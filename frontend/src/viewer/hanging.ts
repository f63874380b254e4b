import type { Side } from "../geometry/camera";

export const VIEW_KEYS = ["right_cc", "left_cc", "right_mlo", "left_mlo"] as const;
export type ViewKey = (typeof VIEW_KEYS)[number];
export type Projection = "cc" | "mlo";

export const sideOf = (key: ViewKey): Side => (key.startsWith("left") ? "left" : "right");
export const projectionOf = (key: ViewKey): Projection => (key.endsWith("cc") ? "cc" : "mlo");
export const viewLabel = (key: ViewKey): string =>
  `${sideOf(key) === "left" ? "L" : "R"} ${projectionOf(key).toUpperCase()}`;

/** Rows of panes; right breasts hang on the left, chest walls meet in the middle. */
export interface Hanging {
  readonly key: string;
  readonly label: string;
  readonly rows: readonly (readonly ViewKey[])[];
}

export const HANGINGS: readonly Hanging[] = [
  {
    key: "four",
    label: "All four",
    rows: [
      ["right_cc", "left_cc"],
      ["right_mlo", "left_mlo"],
    ],
  },
  { key: "cc", label: "CC pair", rows: [["right_cc", "left_cc"]] },
  { key: "mlo", label: "MLO pair", rows: [["right_mlo", "left_mlo"]] },
  ...VIEW_KEYS.map((key) => ({ key, label: viewLabel(key), rows: [[key]] })),
];

export const FOUR_UP = HANGINGS[0] as Hanging;

/**
 * The hangings of a case of some views only, the first of all there are: pairs where both are
 * there, and each alone. Two views of one breast hang side by side.
 */
export function hangingsOf(keys: readonly ViewKey[]): readonly Hanging[] {
  const here = VIEW_KEYS.filter((key) => keys.includes(key));
  if (here.length === VIEW_KEYS.length) return HANGINGS;
  const whole = ({ rows }: Hanging): boolean => rows.flat().every((key) => here.includes(key));
  const others = here.length > 1 ? HANGINGS.slice(1).filter(whole) : [];
  const pairs = others.filter(({ rows }) => rows.flat().length === here.length);
  if (pairs.length > 0) return [...pairs, ...others.filter((other) => !pairs.includes(other))];
  const rows = FOUR_UP.rows.map((row) => row.filter((key) => here.includes(key)));
  const single = rows.every((row) => row.length < 2);
  const [only] = here;
  const label = here.length === 1 && only ? viewLabel(only) : here.length === 2 ? "Both" : "All";
  return [{ key: "all", label, rows: single ? [here] : rows }, ...others];
}

/** The next or previous step of the hanging protocol, around the end. */
export function stepHanging(
  from: Hanging,
  by: 1 | -1,
  hangings: readonly Hanging[] = HANGINGS,
): Hanging {
  const index = hangings.indexOf(from);
  return hangings[(index + by + hangings.length) % hangings.length] as Hanging;
}

/** The view beside `key` in a hanging, if there is one in that direction. */
export function neighbour(
  hanging: Hanging,
  key: ViewKey,
  right: number,
  down: number,
): ViewKey | null {
  const row = hanging.rows.findIndex((views) => views.includes(key));
  const column = hanging.rows[row]?.indexOf(key) ?? -1;
  return hanging.rows[row + down]?.[column + right] ?? null;
}
