import type { FindingTruth } from "../api/types";
import { t } from "../i18n/translate";
import { formatNumber } from "../ui/format";
import { detectability, isShown, isWanting, tellProgress } from "./ladder";
import type { LadderControl } from "./useLadder";

/** Steps through the same lesion in densities A to D, in the images themselves. */
export function DensityLadder({
  control,
  findings,
}: {
  readonly control: LadderControl;
  readonly findings: readonly FindingTruth[];
}) {
  const { ladder, step, busy, problem, request, show } = control;
  if (!ladder) return problem ? <p className="is-bad small">{problem}</p> : null;
  const { steps } = ladder;
  const shown = steps.filter(isShown);
  const wanting = steps.filter(isWanting);
  const failed = steps.some(({ state }) => state === "failed");
  return (
    <section className="stack" aria-labelledby="ladder-title">
      <h2 id="ladder-title">{t("ladderTitle")}</h2>
      {shown.length === 1 ? (
        <p className="small muted">
          {t("ladderText", { n: findings.length })}
        </p>
      ) : (
        <table className="compare small numeric">
          <caption className="visually-hidden">{t("ladderTable")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("density")}</th>
              {findings.map(({ id, label }) => (
                <th key={id} scope="col">
                  {t("ladderColumn", { label })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((each) => (
              <tr key={each.density}>
                <th scope="row">
                  <button
                    type="button"
                    className="button ladder-step"
                    aria-pressed={each.density === step?.density}
                    disabled={!isShown(each) || busy}
                    onClick={() => show(each)}
                  >
                    {each.density}
                    {each.state === "own" && <span className="muted"> {t("asRead")}</span>}
                  </button>
                </th>
                {findings.map(({ id }) => (
                  <td key={id}>{isShown(each) ? tellValue(detectability(each, id)) : "…"}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length > 1 && (
        <p className="small muted">
          <kbd>D</kbd> <kbd>Shift D</kbd> {t("stepThrough")}
        </p>
      )}
      <p className={failed ? "small is-bad" : "small"} role="status">
        {problem ?? tellProgress(ladder)}
      </p>
      {wanting.length > 0 && (
        <button type="button" className="button" disabled={busy} onClick={request}>
          {t(failed ? "tryAgain" : "showDensities")}
        </button>
      )}
    </section>
  );
}

const tellValue = (dprime: number | null): string =>
  dprime === null
    ? t("notMeasured")
    : dprime < 0.05
      ? t("wordNotVisible")
      : formatNumber(dprime, 1);
