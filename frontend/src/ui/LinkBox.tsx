import { useState } from "react";
import type { OneTimeLink } from "../api/types";
import { formatMoment } from "./format";

/** A link shown this once, ready to be copied. */
export function LinkBox({ link, label }: { readonly link: OneTimeLink; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(link.url);
    setCopied(true);
  };
  return (
    <div className="stack" role="status">
      <p>
        {label} It works once, until {formatMoment(link.expires_at)}, and is not shown again.
      </p>
      <div className="link-box">
        <input
          type="text"
          readOnly
          value={link.url}
          aria-label="Link to pass on"
          onFocus={(event) => event.target.select()}
        />
        {"clipboard" in navigator && (
          <button type="button" className="button" onClick={() => void copy()}>
            {copied ? "Copied" : "Copy"}
          </button>
        )}
      </div>
    </div>
  );
}
