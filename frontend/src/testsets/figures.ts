/** The figures of a test set in words. */
import type { Difference, FormAspectName, Reliability, RocArea } from "../api/types";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { formatNumber, signed } from "../ui/format";

export const ASPECTS: Readonly<Record<FormAspectName, Key>> = {
  lesions: "aspectLesions",
  normal_rejection: "aspectNormals",
  characterisation: "aspectCharacterisation",
  density: "aspectDensity",
};

/** An area under a curve with its interval, or the honest sentence. */
export function formatArea(area: RocArea): { value: string; detail: string } {
  const { value, low, high, n_positive: positive, n_negative: negative } = area;
  if (value === null || low === null || high === null) {
    return { value: t("notEnoughReadings"), detail: t("areaFew", { positive, negative }) };
  }
  const ends = { low: formatNumber(low, 2), high: formatNumber(high, 2) };
  return { value: formatNumber(value, 2), detail: t("areaOf", { ...ends, positive, negative }) };
}

const points = (value: number): string =>
  `${value < 0 ? "−" : "+"}${formatNumber(Math.abs(value) * 100)}`;

/** A difference: of shares in points of a hundred, of areas as it is. */
export function formatDifference(difference: Difference, kind: "share" | "area"): string {
  const { value, low, high } = difference;
  if (value === null || low === null || high === null) return t("notEnoughForDifference");
  return kind === "share"
    ? t("points", { value: points(value), low: points(low), high: points(high) })
    : t("estimate", { value: signed(value), low: signed(low), high: signed(high) });
}

export function formatReliability({ value, low, high, n }: Reliability): string {
  if (value === null || low === null || high === null) return t("reliabilityFew", { n });
  const [told, from, to] = [value, low, high].map((each) => formatNumber(each, 2));
  return t("reliabilityOf", { value: told ?? "", low: from ?? "", high: to ?? "", n });
}
