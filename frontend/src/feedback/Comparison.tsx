import type { Feedback } from "../api/types";

/** Density, assessments and recall: the truth beside the answers. */
export function Comparison({ feedback }: { readonly feedback: Feedback }) {
  const { answers, truth } = feedback;
  const rows = [
    {
      what: "Density",
      truth: bothSides(truth.density.right, truth.density.left),
      yours: answers.density ?? "–",
      right: feedback.score.density_correct,
    },
    {
      what: "Right assessment",
      truth: truth.assessment.right,
      yours: answers.breasts.right.assessment ?? "–",
      right: truth.assessment.right === answers.breasts.right.assessment,
    },
    {
      what: "Left assessment",
      truth: truth.assessment.left,
      yours: answers.breasts.left.assessment ?? "–",
      right: truth.assessment.left === answers.breasts.left.assessment,
    },
    {
      what: "Recall",
      truth: yesNo(truth.recall),
      yours: yesNo(answers.recall),
      right: feedback.score.recall_correct,
    },
  ];
  return (
    <section aria-labelledby="compare-title">
      <h2 id="compare-title">Truth and answer</h2>
      <table className="compare small">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col">Truth</th>
            <th scope="col">Yours</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.what}>
              <th scope="row">{row.what}</th>
              <td>{row.truth}</td>
              <td className={row.right ? "is-good" : "is-bad"}>
                {row.yours}
                <span className="visually-hidden">{row.right ? " (right)" : " (differs)"}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small muted">Tier {truth.tier} of 5.</p>
    </section>
  );
}

const bothSides = (right: string, left: string): string =>
  right === left ? right : `R ${right}, L ${left}`;

const yesNo = (value: boolean | null): string => (value === null ? "–" : value ? "Yes" : "No");
