import type { Hanging, ViewKey } from "./hanging";

/** A place on the stage: a view of this exam, or of the one before. */
export interface Cell {
  readonly view: ViewKey;
  readonly prior: boolean;
}

/** Rows of places; with the exam before beside, it hangs below, or to the right of a view alone. */
export function arrange({ rows }: Hanging, beside: boolean): readonly (readonly Cell[])[] {
  const cells = (views: readonly ViewKey[], prior: boolean): Cell[] =>
    views.map((view) => ({ view, prior }));
  if (!beside) return rows.map((views) => cells(views, false));
  const views = rows.flat();
  const both = [cells(views, false), cells(views, true)];
  return views.length === 1 ? [both.flat()] : both;
}
