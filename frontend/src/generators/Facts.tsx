import type { CardRow } from "../api/types";
import { CARD_LANGUAGE } from "./language";

/** Names and values, one pair a line. */
export function Facts({ rows }: { readonly rows: readonly CardRow[] }) {
  if (rows.length === 0) return null;
  return (
    <dl className="facts" lang={CARD_LANGUAGE}>
      {rows.map((row) => (
        <div key={row.label}>
          <dt>{row.label}</dt>
          <dd>{row.cells.join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}
