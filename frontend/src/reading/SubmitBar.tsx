import type { ReactNode } from "react";
import type { useSubmit } from "./useSubmit";

export function SubmitBar({
  sending,
  missing,
  children,
}: {
  readonly sending: ReturnType<typeof useSubmit>;
  readonly missing: readonly string[];
  readonly children: ReactNode;
}) {
  const ready = missing.length === 0;
  return (
    <div className="side-foot">
      {children}
      {sending.waiting && (
        <p className="save-state is-offline" role="status">
          Submitted, but the server cannot be reached. It is sent again until it arrives.
        </p>
      )}
      {sending.problem && (
        <p className="is-bad small" role="alert">
          {sending.problem}
        </p>
      )}
      {!ready && <p className="small muted">Still to answer: {missing.join(", ")}.</p>}
      <button
        type="button"
        className="button is-primary"
        disabled={!ready || sending.busy || sending.waiting}
        onClick={sending.submit}
      >
        {sending.busy || sending.waiting ? "Submitting" : "Submit reading"}
      </button>
    </div>
  );
}
