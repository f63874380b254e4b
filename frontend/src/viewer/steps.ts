import { HANGINGS, stepHanging, type Hanging, type ViewKey } from "./hanging";

/** A step of reading: a hanging, and of a view alone the part that is looked at in 1:1. */
export interface Step {
  readonly hanging: Hanging;
  /** Counted from 0; null while no part is gone to. */
  readonly part: number | null;
}

/** The view of a hanging of one view, else null. */
export const onlyView = ({ rows }: Hanging): ViewKey | null => {
  const [only, ...others] = rows.flat();
  return only && others.length === 0 ? only : null;
};

/** The step after or before one: all parts of a view alone come before the next hanging. */
export function walk(
  from: Step,
  by: 1 | -1,
  countParts: (view: ViewKey) => number,
  hangings: readonly Hanging[] = HANGINGS,
): Step {
  const view = onlyView(from.hanging);
  if (view && (from.part !== null || by === 1)) {
    const part = from.part === null ? 0 : from.part + by;
    if (part >= 0 && part < countParts(view)) return { hanging: from.hanging, part };
  }
  const hanging = stepHanging(from.hanging, by, hangings);
  const entered = onlyView(hanging);
  if (!entered) return { hanging, part: null };
  return { hanging, part: by === 1 ? 0 : countParts(entered) - 1 };
}
