/** Undo and redo of what a reader answers: a line of values with a place on it. */
import type { Answers, Mark } from "../api/types";

export interface History {
  readonly past: readonly Answers[];
  readonly now: Answers;
  readonly future: readonly Answers[];
  /** What the last change did and when, so that one drag of a mark is one step. */
  readonly last: { readonly step: string; readonly at: number } | null;
}

/** More than anybody wants back; a draft is small. */
export const MOST_STEPS = 200;
/** Changes of the same thing that follow each other so closely are one. */
export const SAME_STEP_MS = 1000;

export const startHistory = (answers: Answers): History => ({
  past: [],
  now: answers,
  future: [],
  last: null,
});

/** The history with a change at its end; what was undone before it is given up. */
export function record(history: History, next: Answers, at: number): History {
  if (next === history.now) return history;
  const step = continuousStep(history.now, next);
  const { last } = history;
  const goesOn = step !== null && last?.step === step && at - last.at < SAME_STEP_MS;
  const past = goesOn ? history.past : [...history.past, history.now].slice(-MOST_STEPS);
  return { past, now: next, future: [], last: step === null ? null : { step, at } };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  if (!before) return history;
  const future = [history.now, ...history.future];
  return { past: history.past.slice(0, -1), now: before, future, last: null };
}

export function redo(history: History): History {
  const [after, ...future] = history.future;
  if (!after) return history;
  return { past: [...history.past, history.now], now: after, future, last: null };
}

/** Names a change that comes in many small ones: a mark that moves, a rating that slides. */
function continuousStep(before: Answers, after: Answers): string | null {
  if (before.marks.length !== after.marks.length) return null;
  if (!sameBesidesMarks(before, after)) return null;
  const changed = after.marks.filter((mark, index) => mark !== before.marks[index]);
  const [mark] = changed;
  const old = before.marks.find(({ id }) => id === mark?.id);
  if (!mark || !old || changed.length > 1) return null;
  const fields = (Object.keys(mark) as (keyof Mark)[]).filter((key) => mark[key] !== old[key]);
  if (fields.length > 0 && fields.every((field) => field === "x" || field === "y")) {
    return `move ${mark.id}`;
  }
  return fields.join() === "rating" ? `rate ${mark.id}` : null;
}

const sameBesidesMarks = (a: Answers, b: Answers): boolean =>
  a.density === b.density && a.recall === b.recall && a.breasts === b.breasts;
