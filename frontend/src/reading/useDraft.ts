import { useEffect, useRef, useState } from "react";
import { putDraft } from "../api/requests";
import type { Answers, Assignment } from "../api/types";
import { EMPTY_ANSWERS } from "./answers";
import { DraftKeeper, type SavedDraft, type SaveState } from "./draft-keeper";

/** The answers of an assignment, kept safe while they change. */
export function useDraft(assignment: Assignment): {
  keeper: DraftKeeper;
  answers: Answers;
  save: SaveState;
  change: (change: (answers: Answers) => Answers) => void;
  resolve: (choice: "mine" | "theirs", theirs: SavedDraft) => void;
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
  const [answers, setAnswers] = useState(keeper.copy.answers);
  const latest = useRef(answers);

  useEffect(() => {
    keeper.open();
    const flush = (): void => keeper.flush();
    addEventListener("online", flush);
    return () => {
      removeEventListener("online", flush);
      keeper.close();
    };
  }, [keeper]);

  const change = (make: (answers: Answers) => Answers): void => {
    const changed = make(latest.current);
    if (changed === latest.current) return;
    latest.current = changed;
    setAnswers(changed);
    keeper.change(changed);
  };
  const resolve = (choice: "mine" | "theirs", theirs: SavedDraft): void => {
    latest.current = keeper.resolve(choice, theirs);
    setAnswers(latest.current);
  };
  return { keeper, answers, save, change, resolve };
}
