import type { Side } from "../geometry/camera";

export const VIEW_KEYS = ["right_cc", "left_cc", "right_mlo", "left_mlo"] as const;
export type ViewKey = (typeof VIEW_KEYS)[number];
export type Projection = "cc" | "mlo";

export const sideOf = (key: ViewKey): Side => (key.startsWith("left") ? "left" : "right");
export const projectionOf = (key: ViewKey): Projection => (key.endsWith("cc") ? "cc" : "mlo");
export const viewLabel = (key: ViewKey): string =>
  `${sideOf(key) === "left" ? "L" : "R"} ${projectionOf(key).toUpperCase()}`;
export const viewName = (key: ViewKey): string =>
  `${sideOf(key)} ${projectionOf(key).toUpperCase()}`;

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

export function findHanging(key: string): Hanging {
  const hanging = HANGINGS.find((candidate) => candidate.key === key);
  if (!hanging) throw new Error(`There is no hanging called ${key}.`);
  return hanging;
}

/** The next or previous step of the hanging protocol, around the end. */
export function stepHanging(from: Hanging, by: 1 | -1): Hanging {
  const index = HANGINGS.indexOf(from);
  return HANGINGS[(index + by + HANGINGS.length) % HANGINGS.length] as Hanging;
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
