import type { Feedback, FindingTruth, Mark, Vocabulary } from "../api/types";
import { viewLabel, type ViewKey } from "../viewer/hanging";
import { OutcomeBadge } from "./OutcomeBadge";
import { findingOutcome } from "./shapes";

/** One finding: what it is, how the reader described it, and why it is what it is. */
export function FindingCard({
  finding,
  feedback,
  vocabulary,
  onLook,
}: {
  readonly finding: FindingTruth;
  readonly feedback: Feedback;
  readonly vocabulary: Vocabulary;
  readonly onLook: (view: ViewKey, centre: readonly number[]) => void;
}) {
  const assessment = vocabulary.finding_assessments.find(({ key }) => key === finding.assessment);
  return (
    <article className="finding">
      <div className="finding-head">
        <h3>{finding.label}</h3>
        <OutcomeBadge {...findingOutcome(feedback, finding.id)} />
      </div>
      <p className="small muted">
        {finding.side === "left" ? "Left" : "Right"} breast, {finding.clock} o'clock,{" "}
        {Math.round(finding.distance_from_nipple_mm)} mm from the nipple, {longAxis(finding)} mm.
        BI-RADS {finding.assessment}
        {assessment && ` (${assessment.label.toLowerCase()})`}, {finding.pathology}.
      </p>
      <DescriptorTable finding={finding} feedback={feedback} vocabulary={vocabulary} />
      <p className="small">{finding.teaching}</p>
      <div className="row">
        {finding.views
          .filter((view) => view.visible)
          .map((view) => (
            <button
              key={view.key}
              type="button"
              className="button"
              onClick={() => onLook(view.key, view.centre)}
            >
              Show in {viewLabel(view.key)}
            </button>
          ))}
      </div>
    </article>
  );
}

const longAxis = (finding: FindingTruth): number =>
  Math.round(Math.max(...finding.views.map((view) => view.long_axis_mm)));

function DescriptorTable({
  finding,
  feedback,
  vocabulary,
}: {
  readonly finding: FindingTruth;
  readonly feedback: Feedback;
  readonly vocabulary: Vocabulary;
}) {
  const kind = vocabulary.finding_kinds.find(({ key }) => key === finding.kind);
  const lesion = feedback.score.lesions.find(({ finding: id }) => id === finding.id);
  const marks = feedback.answers.marks.filter(({ id }) => lesion?.marks.includes(id));
  if (!kind) return null;
  return (
    <table className="compare small">
      <caption className="visually-hidden">Descriptors of {finding.label}</caption>
      <thead>
        <tr>
          <th scope="col">Descriptor</th>
          <th scope="col">Truth</th>
          <th scope="col">Yours</th>
        </tr>
      </thead>
      <tbody>
        {kind.descriptors.map((descriptor) => {
          const label = (key: string | undefined): string =>
            descriptor.values.find((value) => value.key === key)?.label ?? "–";
          const given = answerOf(marks, finding.kind, descriptor.key);
          const truth = finding.descriptors[descriptor.key];
          return (
            <tr key={descriptor.key}>
              <th scope="row">{descriptor.label}</th>
              <td>{label(truth)}</td>
              <td className={given ? (given === truth ? "is-good" : "is-bad") : "muted"}>
                {label(given)}
                {given && given !== truth && <span className="visually-hidden"> (differs)</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const answerOf = (marks: readonly Mark[], kind: string, key: string): string | undefined =>
  marks.find((mark) => mark.kind === kind && mark.descriptors[key])?.descriptors[key];
