import { useRef, useState } from "react";
import type { OneTimeLink } from "../api/types";
import { t } from "../i18n/translate";
import { formatMoment } from "./format";

/** A link shown this once, ready to be copied. */
export function LinkBox({ link, label }: { readonly link: OneTimeLink; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link.url);
      setCopied(true);
    } catch {
      // The browser does not allow it: the link is marked, to be copied by hand.
      field.current?.focus();
    }
  };
  return (
    <div className="stack" role="status">
      <p>{t("linkOnce", { label, when: formatMoment(link.expires_at) })}</p>
      <div className="link-box">
        <input
          ref={field}
          type="text"
          readOnly
          value={link.url}
          aria-label={t("linkToPassOn")}
          onFocus={(event) => event.target.select()}
        />
        {"clipboard" in navigator && (
          <button type="button" className="button" onClick={() => void copy()}>
            {t(copied ? "copied" : "copy")}
          </button>
        )}
      </div>
    </div>
  );
}
