import type { ReactNode } from "react";
import { sentence } from "../api/client";
import { t } from "../i18n/translate";

export function Notice({
  tone = "plain",
  children,
}: {
  readonly tone?: "plain" | "error" | "warning" | "good";
  readonly children: ReactNode;
}) {
  return (
    <div className={`notice is-${tone}`} role={tone === "error" ? "alert" : "status"}>
      {children}
    </div>
  );
}

/** A failed load: what happened, and the way to try again. */
export function Failure({
  error,
  onRetry,
}: {
  readonly error: unknown;
  readonly onRetry?: () => unknown;
}) {
  return (
    <Notice tone="error">
      <div className="row">
        <span>{sentence(error)}</span>
        {onRetry && (
          <button type="button" className="button" onClick={() => void onRetry()}>
            {t("tryAgain")}
          </button>
        )}
      </div>
    </Notice>
  );
}

/** The wait for what a page shows; its heading says what that is. */
export const Loading = () => (
  <p className="muted" role="status">
    {t("loading")}
  </p>
);
