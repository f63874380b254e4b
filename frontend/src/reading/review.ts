/** What the review before a submit says: what is missing, and what does not fit together. */
import type { Answers, Mark, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { sideOf, viewLabel } from "../viewer/hanging";
import type { Side } from "../geometry/camera";
import { DISMISSAL_REASON, markNumber } from "./answers";
import { lowerWord } from "../i18n/words";

const SIDES: readonly Side[] = ["right", "left"];
const ACTED_ON = new Set(["0", "4", "5"]);

/** Sentences on answers that can be submitted and yet contradict each other. */
export function findContradictions(answers: Answers): string[] {
  return [...SIDES.flatMap((side) => breastContradictions(answers, side)), ...markGaps(answers)];
}

function breastContradictions(answers: Answers, side: Side): string[] {
  const { assessment } = answers.breasts[side];
  if (!assessment) return [];
  const suspicious = answers.marks.filter(
    (mark) => mark.suspicious && sideOf(mark.view) === side,
  );
  if (ACTED_ON.has(assessment) && suspicious.length === 0) {
    return [t(side === "right" ? "rightActedOnUnmarked" : "leftActedOnUnmarked", { assessment })];
  }
  if ((assessment === "1" || assessment === "2") && suspicious.length > 0) {
    const marks = suspicious.map((mark) => markNumber(answers, mark.id)).join(t("and"));
    const key = side === "right" ? "rightNormalMarked" : "leftNormalMarked";
    return [t(key, { assessment, marks, n: suspicious.length })];
  }
  return [];
}

function markGaps(answers: Answers): string[] {
  return answers.marks.flatMap((mark) => {
    if (mark.suspicious || mark.descriptors[DISMISSAL_REASON]) return [];
    return [t("dismissedWithoutReason", { n: markNumber(answers, mark.id) })];
  });
}

/** All that was said of a mark, in the vocabulary's words. */
export function tellMark(answers: Answers, mark: Mark, vocabulary: Vocabulary): string {
  const kind = vocabulary.finding_kinds.find(({ key }) => key === mark.kind);
  const words = (kind?.descriptors ?? []).flatMap((descriptor) => {
    const value = descriptor.values.find(({ key }) => key === mark.descriptors[descriptor.key]);
    return value ? [lowerWord(value.label)] : [];
  });
  const reason = vocabulary.dismissal_reasons.find(
    ({ key }) => key === mark.descriptors[DISMISSAL_REASON],
  );
  const judged = mark.suspicious
    ? t("ratingOf", { rating: mark.rating })
    : `${t("dismissedWord")}${reason ? `: ${lowerWord(reason.label)}` : ""}`;
  const linked = mark.link ? t("sameAsMark", { n: markNumber(answers, mark.link) }) : "";
  const parts = [viewLabel(mark.view), kind?.label ?? t("noType"), ...words, judged, linked];
  return parts.filter(Boolean).join(", ");
}
