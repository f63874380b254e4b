import { sameAnswers } from "./answers";
import type { Answers } from "../api/types";
import type { SavedDraft, SaveState } from "./draft-keeper";

const WORDS: Readonly<Record<SaveState["kind"], string>> = {
  saved: "All answers saved",
  unsaved: "Not saved yet",
  saving: "Saving",
  offline: "No connection: kept in this browser, sent when it returns",
  "signed-out": "You are signed out: kept in this browser, sent when you sign in again",
  failed: "Not saved",
  conflict: "Changed in another window",
};

/** Whether the reading is safe, in words; asks when two windows disagree. */
export function SaveStatus({
  state,
  answers,
  onResolve,
}: {
  readonly state: SaveState;
  readonly answers: Answers;
  readonly onResolve: (choice: "mine" | "theirs", theirs: SavedDraft) => void;
}) {
  return (
    <div role="status">
      <p className={`save-state is-${state.kind}`} data-save-state={state.kind}>
        {WORDS[state.kind]}
        {state.kind === "failed" && `: ${state.reason}`}
      </p>
      {state.kind === "signed-out" && <SignInAgain />}
      {state.kind === "conflict" && !sameAnswers(state.theirs.answers, answers) && (
        <div className="row">
          <button type="button" className="button" onClick={() => onResolve("mine", state.theirs)}>
            Keep this window's answers
          </button>
          <button type="button" className="button" onClick={() => onResolve("theirs", state.theirs)}>
            Take the other's
          </button>
        </div>
      )}
    </div>
  );
}

/** The way back to this page with a session; what was answered waits in the browser. */
export const SignInAgain = () => (
  <a className="button" href={`/accounts/login/?next=${encodeURIComponent(location.pathname)}`}>
    Sign in again
  </a>
);
