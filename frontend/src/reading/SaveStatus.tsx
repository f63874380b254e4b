import { sameAnswers } from "./answers";
import type { Answers } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import type { SavedDraft, SaveState } from "./draft-keeper";

const WORDS = {
  saved: "allSaved",
  unsaved: "notSavedYet",
  saving: "saving",
  offline: "keptOffline",
  "signed-out": "keptSignedOut",
  failed: "notSaved",
  conflict: "changedElsewhere",
} as const satisfies Record<SaveState["kind"], Key>;

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
        {t(WORDS[state.kind])}
        {state.kind === "failed" && `: ${state.reason}`}
      </p>
      {state.kind === "signed-out" && <SignInAgain />}
      {state.kind === "conflict" && !sameAnswers(state.theirs.answers, answers) && (
        <div className="row">
          <button type="button" className="button" onClick={() => onResolve("mine", state.theirs)}>
            {t("keepMine")}
          </button>
          <button type="button" className="button" onClick={() => onResolve("theirs", state.theirs)}>
            {t("takeTheirs")}
          </button>
        </div>
      )}
    </div>
  );
}

/** The way back to this page with a session; what was answered waits in the browser. */
export const SignInAgain = () => (
  <a className="button" href={`/accounts/login/?next=${encodeURIComponent(location.pathname)}`}>
    {t("signInAgain")}
  </a>
);
