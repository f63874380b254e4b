/** What a session came to, in words. */
import type { SessionCase, SessionCompetency, SessionReport } from "../api/types";
import { t } from "../i18n/translate";
import { lowerWord } from "../i18n/words";
import { formatList, formatMinutes, formatNumber, signed } from "../ui/format";

const sum = (rows: readonly SessionCase[], pick: (row: SessionCase) => number): number =>
  rows.reduce((total, row) => total + pick(row), 0);

const of = (some: number, n: number): string => t("someOfAll", { some, n });

export interface Count {
  readonly what: string;
  readonly value: string;
}

/** Plain counts of what happened: nothing is estimated from one session. */
export function countSession({ cases, minutes }: SessionReport): Count[] {
  const n = cases.length;
  const lesions = sum(cases, (row) => row.lesions);
  return [
    { what: t("casesRead"), value: formatNumber(n) },
    { what: t("timeReading"), value: formatMinutes(minutes) },
    { what: t("recallRight"), value: of(sum(cases, (row) => Number(row.recall_correct)), n) },
    {
      what: t("lesionsFound"),
      value: lesions > 0 ? of(sum(cases, (row) => row.lesions_found), lesions) : t("noneToFind"),
    },
    { what: t("falseMarks"), value: formatNumber(sum(cases, (row) => row.false_marks)) },
    { what: t("densityRight"), value: of(sum(cases, (row) => Number(row.density_correct)), n) },
  ];
}

export const tellImprovement = ({ label, change }: SessionCompetency): string =>
  t("improvedBy", { label, change: signed(change ?? 0) });

export const tellWork = ({ label, asked, right }: SessionCompetency): string =>
  t("rightOf", { label, right, n: asked });

/** Why a case is worth another look. */
export function tellCase({ missed, recall_correct, positive }: SessionCase): string {
  const kinds = formatList(missed.map(lowerWord));
  if (recall_correct) return `${t("missedKinds", { kinds })}.`;
  if (!positive) return `${t("recalledNeedlessly")}.`;
  return `${missed.length > 0 ? t("missedAndSentHome", { kinds }) : t("sentHome")}.`;
}
