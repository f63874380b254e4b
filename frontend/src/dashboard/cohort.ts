/** Figures of the cohort page in words. */
import type { Estimate } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatNumber, intervalOf, percent } from "../ui/format";

export type Measure = "sensitivity" | "specificity" | "area" | "wafroc";

export const MEASURES: Readonly<Record<Measure, Key>> = {
  sensitivity: "cohortSensitivity",
  specificity: "cohortSpecificity",
  area: "cohortRocArea",
  wafroc: "cohortWafroc",
};

export interface Shown {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** How a kind of figure is written: shares in percent, areas and kappas with two digits. */
export type Kind = "share" | "number";

export const kindOf = (measure: Measure): Kind =>
  measure === "sensitivity" || measure === "specificity" ? "share" : "number";

export const write = (value: number, kind: Kind): string =>
  kind === "share" ? percent(value) : formatNumber(value, 2).replace("-", "−");

/** Both ends of an interval; null where there is none. */
export function writeInterval({ low, high }: Shown, kind: Kind): string | null {
  if (low === null || high === null) return null;
  if (kind === "share") return `${formatNumber(low * 100)}–${formatNumber(high * 100)} %`;
  return `${write(low, kind)} – ${write(high, kind)}`;
}

/** With its sign; shares change by points, not by percent. */
const writeStep = (value: number, kind: Kind): string =>
  `${value < 0 ? "−" : "+"}${kind === "share" ? formatNumber(Math.abs(value) * 100) : write(Math.abs(value), kind)}`;

export function writeP(p: number): string {
  return p < 0.001
    ? t("cohortPBelow", { p: formatNumber(0.001, 3) })
    : t("cohortPOf", { p: formatNumber(p, p < 0.1 ? 3 : 2) });
}

/** What rose or fell, with its interval and, where there was a test, its p; or the honest sentence. */
export function writeChange(change: Shown & { readonly p: number | null }, kind: Kind): string {
  const { value, low, high, p } = change;
  if (value === null || low === null || high === null) return t("notEnoughReadings");
  const words = {
    value: kind === "share" ? t("cohortPoints", { n: writeStep(value, kind) }) : writeStep(value, kind),
    low: writeStep(low, kind),
    high: writeStep(high, kind),
  };
  return p === null
    ? t("cohortChangeOf", words)
    : t("cohortChangeOfWithP", { ...words, p: writeP(p) });
}

/** The criterion of somebody else in words: only what its whole interval says. */
export function describeReader(criterion: Estimate): string {
  const interval = intervalOf(criterion);
  if (!interval) return t("notEnoughAnswers");
  if (interval.low > 0) return t("cohortMarksFreely");
  if (interval.high < 0) return t("cohortMarksRarely");
  return t("cohortMarksFittingly");
}

/** How enriched the cases were that were read, once enough were. */
export function describePrevalence(report: {
  readonly readings: number;
  readonly positives: number;
  readonly prevalence: number | null;
}): string {
  const { readings, positives, prevalence } = report;
  if (prevalence === null) return t("cohortEnrichedUnknown", { readings });
  return t("cohortEnriched", { readings, positives, percent: percent(prevalence) });
}
