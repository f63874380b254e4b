import type { ReactNode } from "react";
import { t } from "../i18n/translate";
import type { Missing } from "./answers";
import { SignInAgain } from "./SaveStatus";
import type { useSubmit } from "./useSubmit";

/** The way to the review and on to the submit, and how the submit goes. */
export function SubmitBar({
  sending,
  missing,
  onReview,
  children,
}: {
  readonly sending: ReturnType<typeof useSubmit>;
  readonly missing: readonly Missing[];
  readonly onReview: () => void;
  readonly children: ReactNode;
}) {
  const busy = sending.busy || sending.waiting;
  return (
    <div className="side-foot">
      {children}
      {sending.waiting && (
        <p className="save-state is-offline" role="status">
          {t("waitingToSubmit")}
        </p>
      )}
      {sending.problem && (
        <p className="is-bad small" role="alert">
          {sending.problem}
        </p>
      )}
      {sending.signedOut && <SignInAgain />}
      {missing.length > 0 && (
        <p className="small muted">
          {t("stillToAnswerList", { list: missing.map(({ what }) => what).join(", ") })}
        </p>
      )}
      <button type="button" className="button is-primary" disabled={busy} onClick={onReview}>
        {busy ? t("submitting") : t("reviewAndSubmit")}
      </button>
    </div>
  );
}
