/** What a person does to a finding, step by step, and what of it is asked of the server. */
import type { PlacedLesion, SandboxPreview, SandboxSave, Side } from "../api/types";
import type { ViewKey } from "../viewer/hanging";

export type Kind = PlacedLesion["kind"];

export type Step =
  | { readonly do: "move"; readonly view: ViewKey; readonly right: number; readonly down: number }
  | { readonly do: "put"; readonly view: ViewKey; readonly x: number; readonly y: number; readonly draw: Kind }
  | { readonly do: "change"; readonly what: Partial<PlacedLesion> }
  | { readonly do: "draw"; readonly kind: Kind }
  | { readonly do: "set"; readonly lesion: PlacedLesion | null; readonly side: Side };

/** How far an arrow key moves the finding, in image pixels: 1 mm, with Alt a tenth. */
const ARROW_PX = 10;
const FINE_PX = 1;

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Pressed = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">;

/** The move that a key asks for; null where it is none. */
export function moveOf({ key, shiftKey, ctrlKey, altKey, metaKey }: Pressed): {
  readonly right: number;
  readonly down: number;
} | null {
  const arrow = ARROWS[key];
  if (!arrow || shiftKey || ctrlKey || metaKey) return null;
  const by = altKey ? FINE_PX : ARROW_PX;
  return { right: arrow[0] * by, down: arrow[1] * by };
}

/** The steps that wait, with one more: what follows closely of the same kind becomes one. */
export function addStep(waiting: readonly Step[], step: Step): readonly Step[] {
  const last = waiting.at(-1);
  const joined = last && join(last, step);
  return joined ? [...waiting.slice(0, -1), joined] : [...waiting, step];
}

function join(last: Step, next: Step): Step | null {
  if (last.do === "move" && next.do === "move" && last.view === next.view) {
    return { ...next, right: last.right + next.right, down: last.down + next.down };
  }
  if (last.do === "put" && next.do === "put" && last.view === next.view) return next;
  if (last.do === "change" && next.do === "change") {
    return { do: "change", what: { ...last.what, ...next.what } };
  }
  return null;
}

/** Steps that come in many small ones are one to undo, while they follow each other. */
export const isContinuous = (step: Step): boolean => step.do === "move" || step.do === "change";

/** What is asked of the server for a step; null where there is nothing to do. */
export function bodyOf(step: Step, now: SandboxPreview): SandboxSave | null {
  const { revision, side } = now;
  const lesion = now.lesion && lesionOf(now.lesion);
  const body = { revision, side, lesion, at: null, draw: null };
  if (step.do === "set") return { ...body, side: step.side, lesion: step.lesion };
  if (step.do === "draw") return { ...body, lesion: null, draw: step.kind };
  if (step.do === "put") {
    const at = { view: step.view, x: step.x, y: step.y };
    return lesion ? { ...body, at } : { ...body, at, draw: step.draw };
  }
  if (!lesion) return null;
  if (step.do === "change") return { ...body, lesion: { ...lesion, ...step.what } };
  const place = now.places[step.view];
  if (!place) return null;
  const [x = 0, y = 0] = place;
  return { ...body, at: { view: step.view, x: x + step.right, y: y + step.down } };
}

/** The finding without what follows from its words. */
export function lesionOf(lesion: PlacedLesion): PlacedLesion {
  const { kind, side, depth_mm, lateral_mm, superior_mm, size_mm, contrast, descriptors } = lesion;
  const count = lesion.count ?? null;
  return { kind, side, depth_mm, lateral_mm, superior_mm, size_mm, contrast, descriptors, count };
}

/** What was, and what was undone of it. */
export interface Past {
  readonly before: readonly Standing[];
  readonly after: readonly Standing[];
}

/** A finding as it stood in a breast; null where nothing was placed. */
export interface Standing {
  readonly lesion: PlacedLesion | null;
  readonly side: Side;
}

export const NO_PAST: Past = { before: [], after: [] };
/** More than anybody wants back. */
export const MOST_STEPS = 200;

export const standingOf = ({ lesion, side }: SandboxPreview): Standing => ({
  lesion: lesion && lesionOf(lesion),
  side,
});

/** The past after a step was kept; `goesOn` joins it with the one before. */
export const remember = (past: Past, was: Standing, goesOn: boolean): Past => ({
  before: goesOn && past.before.length > 0 ? past.before : [...past.before, was].slice(-MOST_STEPS),
  after: [],
});

/** The past with its last step taken back (or done again), and how things stand then. */
export function turn(past: Past, now: Standing, way: "back" | "forth"): [Past, Standing] | null {
  const { before, after } = past;
  if (way === "back") {
    const was = before.at(-1);
    return was ? [{ before: before.slice(0, -1), after: [now, ...after] }, was] : null;
  }
  const [next, ...rest] = after;
  return next ? [{ before: [...before, now], after: rest }, next] : null;
}
