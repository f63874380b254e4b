/** The six steps of an answer: a side is always taken, surely, probably or rather. */
import type { Key } from "../i18n/en";

export interface Step {
  /** 0 surely synthetic to 100 surely real, as the server keeps it. */
  readonly rating: number;
  readonly label: Key;
  readonly key: string;
}

const LABELS: readonly Key[] = [
  "surelySynthetic",
  "probablySynthetic",
  "ratherSynthetic",
  "ratherReal",
  "probablyReal",
  "surelyReal",
];

export const STEPS: readonly Step[] = LABELS.map((label, index) => ({
  rating: index * 20,
  label,
  key: String(index + 1),
}));

/** The step nearest to a rating, whoever gave it. */
export const stepOf = (rating: number): Step =>
  STEPS.reduce((best, step) =>
    Math.abs(step.rating - rating) < Math.abs(best.rating - rating) ? step : best,
  );
