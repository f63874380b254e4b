import type { Feedback } from "../api/types";
import { t } from "../i18n/translate";

/** Density, assessments and recall: the truth beside the answers. */
export function Comparison({ feedback }: { readonly feedback: Feedback }) {
  const { answers, truth } = feedback;
  const rows = [
    {
      what: t("density"),
      truth: bothSides(truth.density.right, truth.density.left),
      yours: answers.density ?? "–",
      right: feedback.score.density_correct,
    },
    {
      what: t("rightAssessment"),
      truth: truth.assessment.right,
      yours: answers.breasts.right.assessment ?? "–",
      right: truth.assessment.right === answers.breasts.right.assessment,
    },
    {
      what: t("leftAssessment"),
      truth: truth.assessment.left,
      yours: answers.breasts.left.assessment ?? "–",
      right: truth.assessment.left === answers.breasts.left.assessment,
    },
    {
      what: t("recall"),
      truth: yesNo(truth.recall),
      yours: yesNo(answers.recall),
      right: feedback.score.recall_correct,
    },
  ];
  return (
    <section aria-labelledby="compare-title">
      <h2 id="compare-title">{t("truthAndAnswer")}</h2>
      <table className="compare small">
        <thead>
          <tr>
            <th scope="col">{t("question")}</th>
            <th scope="col">{t("truth")}</th>
            <th scope="col">{t("yours")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.what}>
              <th scope="row">{row.what}</th>
              <td>{row.truth}</td>
              <td className={row.right ? "is-good" : "is-bad"}>
                {row.yours}
                <span className="visually-hidden"> ({t(row.right ? "agrees" : "differs")})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small muted">{t("tierOfFive", { tier: truth.tier })}</p>
    </section>
  );
}

const bothSides = (right: string, left: string): string =>
  right === left ? right : t("bothSides", { right, left });

const yesNo = (value: boolean | null): string => (value === null ? "–" : t(value ? "yes" : "no"));
