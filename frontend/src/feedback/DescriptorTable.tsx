import { Fragment } from "react";
import type { Feedback, FindingTruth, Mark, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";

interface Row {
  readonly label: string;
  readonly truth: string;
  readonly given: string | undefined;
  readonly right: boolean;
  /** What the two words mean, where they differ. */
  readonly why: string;
}

/** What the finding is in the reader's words, beside what the reader said of it. */
export function DescriptorTable({
  finding,
  feedback,
  vocabulary,
}: {
  readonly finding: FindingTruth;
  readonly feedback: Feedback;
  readonly vocabulary: Vocabulary;
}) {
  const rows = compare(finding, marksOn(feedback, finding), vocabulary, feedback.words);
  if (rows.length === 0) return null;
  return (
    <table className="compare small">
      <caption className="visually-hidden">{t("descriptorsOf", { label: finding.label })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("descriptor")}</th>
          <th scope="col">{t("truth")}</th>
          <th scope="col">{t("yours")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, truth, given, right, why }) => (
          <Fragment key={label}>
            <tr className={why ? "has-why" : undefined}>
              <th scope="row">{label}</th>
              <td>{truth}</td>
              <td className={given ? (right ? "is-good" : "is-bad") : "muted"}>
                {given ?? "–"}
                {given && !right && <span className="visually-hidden"> ({t("differs")})</span>}
              </td>
            </tr>
            {why && (
              <tr className="why">
                <td colSpan={3}>{why}</td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** The reader's marks on a finding; the surest first, which is the one that is scored. */
const marksOn = (feedback: Feedback, finding: FindingTruth): readonly Mark[] => {
  const ids = feedback.score.marks.filter((mark) => mark.finding === finding.id);
  return feedback.answers.marks
    .filter(({ id }) => ids.some((mark) => mark.id === id))
    .toSorted((a, b) => b.rating - a.rating);
};

function compare(
  finding: FindingTruth,
  marks: readonly Mark[],
  vocabulary: Vocabulary,
  meanings: Feedback["words"],
): Row[] {
  const kinds = vocabulary.finding_kinds;
  const kind = kinds.find(({ key }) => key === finding.reads_as);
  if (!kind) return [];
  const said = marks.find((mark) => mark.kind !== null);
  const type: Row = {
    label: t("findingType"),
    truth: kind.label,
    given: kinds.find(({ key }) => key === said?.kind)?.label,
    right: said?.kind === kind.key,
    why: "",
  };
  const described = marks.filter((mark) => mark.kind === kind.key);
  const words = kind.descriptors
    .filter(({ key }) => key in finding.descriptors)
    .map((descriptor): Row => {
      const label = (key: string | undefined): string | undefined =>
        descriptor.values.find((value) => value.key === key)?.label;
      const truth = finding.descriptors[descriptor.key];
      const given = described.find((mark) => mark.descriptors[descriptor.key]);
      const answer = given?.descriptors[descriptor.key];
      const explain = (key: string | undefined): string[] => {
        const meaning = meanings[descriptor.key]?.[key ?? ""];
        return meaning ? [`${label(key) ?? ""}: ${meaning}.`] : [];
      };
      const right = answer === truth;
      return {
        label: descriptor.label,
        truth: label(truth) ?? "–",
        given: label(answer),
        right,
        why: right ? "" : [...explain(truth), ...explain(answer)].join(" "),
      };
    });
  return [type, ...words];
}
