/** Figures, dates and times as the page's language writes them. */
import type { Estimate, Interval, Proportion } from "../api/types";
import { currentLocale, t } from "../i18n/translate";

const formatDate = (iso: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(currentLocale(), options).format(new Date(iso));

export const formatMoment = (iso: string): string =>
  formatDate(iso, { dateStyle: "medium", timeStyle: "short" });
export const formatDay = (iso: string | null): string =>
  iso ? formatDate(iso, { dateStyle: "medium" }) : t("never");

/** A number with so many digits after the point, or the comma. */
export const formatNumber = (value: number, digits = 0): string =>
  new Intl.NumberFormat(currentLocale(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);

/** "A, B and C". */
export const formatList = (words: readonly string[]): string =>
  new Intl.ListFormat(currentLocale(), { type: "conjunction" }).format(words);

/** How long ago the exam before was. */
export function describeYears(years: number | null): string {
  if (years === null) return t("unknownTimeBefore");
  return t("yearsBefore", { n: Math.round(years * 10) / 10 });
}

/** "1 h 3 min", whole minutes. */
export function formatMinutes(minutes: number): string {
  const whole = Math.round(minutes);
  if (whole < 1) return minutes > 0 ? "< 1 min" : "0 min";
  const hours = Math.floor(whole / 60);
  return hours > 0 ? `${hours} h ${whole % 60} min` : `${whole} min`;
}

export const percent = (value: number): string => `${formatNumber(value * 100)} %`;

/** A probability that never reads as certainty. */
export function surely(chance: number): string {
  if (chance > 0.99) return `> ${percent(0.99)}`;
  return chance < 0.01 ? `< ${percent(0.01)}` : percent(chance);
}

export const signed = (value: number): string =>
  `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value), 2)}`;

/** A proportion with its interval, or the honest sentence. */
export function formatProportion(proportion: Proportion): { value: string; detail: string } {
  const { value, low, high, n, enough } = proportion;
  if (!enough || value === null || low === null || high === null) {
    return { value: t("notEnoughReadings"), detail: `n = ${n}` };
  }
  const interval = `${formatNumber(low * 100)}–${formatNumber(high * 100)} %`;
  return { value: percent(value), detail: t("intervalOf", { interval, n }) };
}

/** The interval of an estimate, or null while there are too few answers for one. */
export function intervalOf({ mean, low, high, enough }: Estimate): Interval | null {
  return enough && mean !== null && low !== null && high !== null ? { mean, low, high } : null;
}

export function formatEstimate(estimate: Estimate): string {
  const interval = intervalOf(estimate);
  if (!interval) return t("notEnoughAnswers");
  const [value, low, high] = [interval.mean, interval.low, interval.high].map(signed);
  return t("estimate", { value: value ?? "", low: low ?? "", high: high ?? "" });
}

/** The criterion in words: only what its whole interval says. */
export function describeCriterion(criterion: Estimate): string {
  const interval = intervalOf(criterion);
  if (!interval) return t("criterionUnknown");
  if (interval.low > 0) return t("criterionMore");
  if (interval.high < 0) return t("criterionLess");
  return t("criterionFits");
}

/** How often there was something to find; null while nothing was read. */
export function prevalenceText(prevalence: number | null): string | null {
  if (prevalence === null) return null;
  const share =
    prevalence === 0 ? t("prevalenceNone") : t("prevalence", { percent: percent(prevalence) });
  return `${share} ${t("prevalenceWarning")}`;
}
