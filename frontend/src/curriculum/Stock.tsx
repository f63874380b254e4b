import type { CurriculumDefaults, Reach } from "../api/types";
import { t } from "../i18n/translate";
import { Notice } from "../ui/Notice";

const tellCell = ({ tier, ready, ordered, makeable }: Reach): string =>
  [
    t("editorStockCell", { tier, ready }),
    ...(ordered > 0 ? [t("editorStockOrdered", { n: ordered })] : []),
    ...(makeable === false ? [t("editorStockNever")] : []),
  ].join(", ");

/** How many cases of each tier are ready, in a row of small numbers. */
export const TierStock = ({ cells }: { readonly cells: readonly Reach[] }) => (
  <ul className="tier-stock">
    {cells.map((cell) => (
      <li key={cell.tier} className={cell.ready === 0 ? "is-empty" : undefined} title={tellCell(cell)}>
        <span className="visually-hidden">{tellCell(cell)}</span>
        <span aria-hidden="true">
          <b>{cell.tier}</b> {cell.ready}
        </span>
      </li>
    ))}
  </ul>
);

/** The tiers of a curriculum that nobody can read in now. */
export function EmptyTiers({
  rows,
  known,
}: {
  readonly rows: readonly Reach[];
  readonly known: CurriculumDefaults["competencies"];
}) {
  const empty = rows.filter(({ ready }) => ready === 0);
  if (empty.length === 0) return null;
  const labels = new Map(known.map(({ competency, label }) => [competency, label]));
  return (
    <Notice tone="warning">
      <details>
        <summary>
          {t("editorStockTitle")} ({empty.length})
        </summary>
        <ul className="small">
          {empty.map((cell) => (
            <li key={`${cell.competency} ${cell.tier}`}>
              {t(cell.empty ? "editorStockEmpty" : "editorStockProblem", {
                tier: cell.tier,
                label: labels.get(cell.competency) ?? cell.competency,
                ready: cell.ready,
                ordered: cell.ordered,
              })}
            </li>
          ))}
        </ul>
      </details>
    </Notice>
  );
}
