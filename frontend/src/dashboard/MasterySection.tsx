import type { Estimate, Mastery, MasteryRow } from "../api/types";
import { t } from "../i18n/translate";
import { describeCriterion, formatEstimate, formatNumber, percent, surely } from "../ui/format";

/** Where a reader stands in every competency of the curriculum, and what is missing. */
export function MasterySection({
  mastery,
  criterion,
  minimum,
}: {
  readonly mastery: Mastery;
  readonly criterion: Estimate;
  /** Fewest answers for an estimate. */
  readonly minimum: number;
}) {
  const { curriculum } = mastery;
  return (
    <section className="stack" aria-labelledby="mastery-title">
      <h2 id="mastery-title">{t("masteryTitle")}</h2>
      <p className="muted small">
        {curriculum ? t("masteryBy", { curriculum }) : t("masteryByDefault")}
      </p>
      <div className="table-wrap">
        <table className="mastery">
          <thead>
            <tr>
              <th scope="col">{t("competencyColumn")}</th>
              <th scope="col">{t("masteryColumn")}</th>
              <th scope="col">{t("tierColumn")}</th>
              <th scope="col">{t("opensColumn")}</th>
            </tr>
          </thead>
          <tbody>
            {mastery.rows.map((row) => (
              <tr key={row.competency}>
                <th scope="row">{row.label}</th>
                <td>
                  <MasteryCell row={row} minimum={minimum} />
                </td>
                <td>
                  <TierCell row={row} />
                </td>
                <td className="small">{describeOpening(row, minimum)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small">
        {describeCriterion(criterion)}{" "}
        <span className="muted">
          {t("criterionFigure", { estimate: formatEstimate(criterion) })}{" "}
          {describeNeutral(mastery)}
        </span>
      </p>
    </section>
  );
}

function MasteryCell({ row, minimum }: { readonly row: MasteryRow; readonly minimum: number }) {
  if (row.mastered) return <span className="state is-good">{t("mastered")}</span>;
  return (
    <>
      <span className="state">{t("notYet")}</span>
      <ul className="small muted">
        {listMissing(row, minimum).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  );
}

/** What is missing to mastery, each with how far it is. */
export function listMissing({ condition }: MasteryRow, minimum: number): string[] {
  const { chance, probability, n, items, missing } = condition;
  if (chance === null) return [t("masteryTooFew", { n, needed: minimum })];
  const said = {
    answers: t("masteryAnswers", { n, needed: items }),
    ability: t("masteryChance", { chance: surely(chance), needed: percent(probability) }),
    criterion: t("masteryCriterion"),
  };
  return missing.map((name) => said[name]);
}

function TierCell({ row: { stand, ready } }: { readonly row: MasteryRow }) {
  if (!stand) return <span className="muted">{t("tierNone")}</span>;
  const { tiers, passed, current } = stand;
  const [first = 1, last = 1] = [tiers[0], tiers.at(-1)];
  return (
    <>
      <span className="tier-steps" aria-hidden="true">
        {tiers.map((tier, index) => (
          <i key={tier} className={index < passed ? "is-passed" : tier === current ? "is-open" : ""} />
        ))}
      </span>
      <span className="unbroken">
        {passed === tiers.length ? t("tierPassed") : t("tierOfRange", { tier: current, first, last })}
      </span>
      {!ready && <p className="small is-warning">{t("tierEmpty")}</p>}
    </>
  );
}

/** What opens the tier after the current one, in a sentence. */
export function describeOpening({ stand, opens }: MasteryRow, minimum: number): string {
  if (!stand) return t("tierNoneWhy");
  if (!opens) return t("tierPassed");
  const { chance, probability, n, missing } = opens;
  if (chance === null) return t("opensTooFew", { n, needed: minimum });
  if (missing.includes("criterion") && !missing.includes("ability")) return t("opensCriterion");
  const next = stand.tiers[stand.passed + 1];
  const said = { tier: stand.current, chance: surely(chance), needed: percent(probability) };
  return next === undefined ? t("opensLast", said) : t("opensChance", { ...said, next });
}

function describeNeutral({ criterion: { neutral, probability, chance } }: Mastery): string {
  const within = formatNumber(neutral, 2);
  if (chance === null) return t("criterionNeededUnknown", { neutral: within });
  const [sure, needed] = [surely(chance), percent(probability)];
  return t("criterionNeeded", { neutral: within, chance: sure, needed });
}
