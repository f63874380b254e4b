import { useEffect, useRef, useState } from "react";
import { putDraft } from "../api/requests";
import type { Answers, Assignment } from "../api/types";
import { EMPTY_ANSWERS } from "./answers";
import { DraftKeeper, type SavedDraft, type SaveState } from "./draft-keeper";
import { record, redo, startHistory, undo, type History } from "./history";

/** The answers of an assignment, kept safe while they change, and every change undone at will. */
export function useDraft(assignment: Assignment): {
  keeper: DraftKeeper;
  answers: Answers;
  save: SaveState;
  change: (change: (answers: Answers) => Answers) => void;
  resolve: (choice: "mine" | "theirs", theirs: SavedDraft) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
} {
  const [save, setSave] = useState<SaveState>({ kind: "saved" });
  const [keeper] = useState(
    () =>
      new DraftKeeper({
        assignment: assignment.id,
        draft: assignment.draft,
        empty: EMPTY_ANSWERS,
        store: localStorage,
        save: (draft) => putDraft(assignment.id, draft),
        tell: setSave,
      }),
  );
  const [history, setHistory] = useState(() => startHistory(keeper.copy.answers));
  const latest = useRef(history);

  useEffect(() => {
    keeper.open();
    const flush = (): void => keeper.flush();
    // Coming back to the window may follow a sign-in in another one.
    for (const event of ["online", "focus"]) addEventListener(event, flush);
    return () => {
      for (const event of ["online", "focus"]) removeEventListener(event, flush);
      keeper.close();
    };
  }, [keeper]);

  const keep = (changed: History): void => {
    latest.current = changed;
    setHistory(changed);
  };
  const turn = (by: (history: History) => History): void => {
    keep(by(latest.current));
    keeper.change(latest.current.now);
  };
  return {
    keeper,
    answers: history.now,
    save,
    change: (make) => {
      const { now } = latest.current;
      const changed = make(now);
      if (changed !== now) turn((history) => record(history, changed, performance.now()));
    },
    resolve: (choice, theirs) =>
      keep(record(latest.current, keeper.resolve(choice, theirs), performance.now())),
    undo: history.past.length > 0 ? () => turn(undo) : null,
    redo: history.future.length > 0 ? () => turn(redo) : null,
  };
}
