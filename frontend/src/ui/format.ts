import type { Estimate, Interval, Proportion } from "../api/types";
import { t } from "../i18n/translate";

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

export const formatMoment = (iso: string): string => moment.format(new Date(iso));
export const formatDay = (iso: string | null): string => (iso ? day.format(new Date(iso)) : "never");

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

export const percent = (value: number): string => `${Math.round(value * 100)} %`;

export const signed = (value: number): string =>
  `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

/** A proportion with its interval, or the honest sentence. */
export function formatProportion(proportion: Proportion): { value: string; detail: string } {
  const { value, low, high, n, enough } = proportion;
  if (!enough || value === null || low === null || high === null) {
    return { value: "Not enough readings", detail: `n = ${n}` };
  }
  const interval = `${Math.round(low * 100)}–${Math.round(high * 100)} %`;
  return { value: percent(value), detail: `95 % interval ${interval}, n = ${n}` };
}

/** The interval of an estimate, or null while there are too few answers for one. */
export function intervalOf({ mean, low, high, enough }: Estimate): Interval | null {
  return enough && mean !== null && low !== null && high !== null ? { mean, low, high } : null;
}

export function formatEstimate(estimate: Estimate): string {
  const interval = intervalOf(estimate);
  return interval
    ? `${signed(interval.mean)} (${signed(interval.low)} to ${signed(interval.high)})`
    : "Not enough answers";
}

/** The criterion in words: only what its whole interval says. */
export function describeCriterion(criterion: Estimate): string {
  const interval = intervalOf(criterion);
  if (!interval) return "Not enough readings to say whether you recall as your skill warrants.";
  if (interval.low > 0) return "You recall more than your skill warrants.";
  if (interval.high < 0) return "You recall less than your skill warrants.";
  return "Nothing says that you recall more or less than your skill warrants.";
}

/** How often there was something to find; null while nothing was read. */
export function prevalenceText(prevalence: number | null): string | null {
  if (prevalence === null) return null;
  const share =
    prevalence === 0
      ? "The cases are enriched, though none of those read so far held an actionable finding."
      : `The cases are enriched: ${percent(prevalence)} of those read held an actionable finding.`;
  return `${share} Do not compare recall or specificity with screening benchmarks.`;
}
