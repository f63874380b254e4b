/** What a session came to, in words. */
import type { SessionCase, SessionCompetency, SessionReport } from "../api/types";
import { formatMinutes, signed } from "../ui/format";

const sum = (rows: readonly SessionCase[], pick: (row: SessionCase) => number): number =>
  rows.reduce((total, row) => total + pick(row), 0);

export interface Count {
  readonly what: string;
  readonly value: string;
}

/** Plain counts of what happened: nothing is estimated from one session. */
export function countSession({ cases, minutes }: SessionReport): Count[] {
  const n = cases.length;
  const lesions = sum(cases, (row) => row.lesions);
  return [
    { what: "Cases read", value: `${n}` },
    { what: "Time reading", value: formatMinutes(minutes) },
    { what: "Recall right", value: `${sum(cases, (row) => Number(row.recall_correct))} of ${n}` },
    {
      what: "Lesions found",
      value: lesions > 0 ? `${sum(cases, (row) => row.lesions_found)} of ${lesions}` : "none to find",
    },
    { what: "False marks", value: `${sum(cases, (row) => row.false_marks)}` },
    { what: "Density right", value: `${sum(cases, (row) => Number(row.density_correct))} of ${n}` },
  ];
}

export const tellImprovement = ({ label, change }: SessionCompetency): string =>
  `${label}: ${signed(change ?? 0)}`;

export const tellWork = ({ label, asked, right }: SessionCompetency): string =>
  `${label}: ${right} of ${asked} right`;

/** Why a case is worth another look. */
export function tellCase({ missed, recall_correct, positive }: SessionCase): string {
  const parts: string[] = [];
  if (missed.length > 0) parts.push(`Missed: ${missed.join(", ").toLowerCase()}`);
  if (!recall_correct) parts.push(positive ? "sent home" : "recalled without need");
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
