import type { SessionCase } from "../api/types";
import { t } from "../i18n/translate";
import { formatNumber } from "../ui/format";
import { Link } from "../ui/Link";

/** The cases of a session with how they were read, each the way to its feedback. */
export function CaseTable({
  cases,
  caption,
}: {
  readonly cases: readonly SessionCase[];
  readonly caption: string;
}) {
  return (
    <div className="table-wrap">
      <table className="numeric">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t("case")}</th>
            <th scope="col">{t("recallDecision")}</th>
            <th scope="col">{t("lesionsFound")}</th>
            <th scope="col">{t("falseMarks")}</th>
            <th scope="col">{t("minutes")}</th>
          </tr>
        </thead>
        <tbody>
          {cases.map((row) => (
            <tr key={row.reading}>
              <th scope="row">
                <Link to={`/feedback/${row.reading}`}>{t("caseNumber", { n: row.position })}</Link>
              </th>
              <td className={row.recall_correct ? "is-good" : "is-bad"}>
                {t(row.recall_correct ? "rightWord" : "wrongWord")}
              </td>
              <td>
                {row.lesions > 0 ? t("someOfAll", { some: row.lesions_found, n: row.lesions }) : "–"}
              </td>
              <td>{row.false_marks}</td>
              <td>{formatNumber(row.minutes, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
