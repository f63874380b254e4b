/** What the review before a submit says: what is missing, and what does not fit together. */
import type { Answers, Mark, Vocabulary } from "../api/types";
import { sideOf, viewLabel } from "../viewer/hanging";
import type { Side } from "../geometry/camera";
import { DISMISSAL_REASON, markNumber } from "./answers";

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
  const breast = `The ${side} breast is assessed ${assessment}`;
  if (ACTED_ON.has(assessment) && suspicious.length === 0) {
    return [`${breast}, yet no mark in it is called suspicious.`];
  }
  if ((assessment === "1" || assessment === "2") && suspicious.length > 0) {
    const names = suspicious.map((mark) => markNumber(answers, mark.id)).join(" and ");
    const [verb, noun] = suspicious.length === 1 ? ["is", "mark"] : ["are", "marks"];
    return [`${breast}, yet ${noun} ${names} in it ${verb} called suspicious.`];
  }
  return [];
}

function markGaps(answers: Answers): string[] {
  return answers.marks.flatMap((mark) => {
    if (mark.suspicious || mark.descriptors[DISMISSAL_REASON]) return [];
    return [`Mark ${markNumber(answers, mark.id)} is dismissed without a reason.`];
  });
}

/** All that was said of a mark, in the vocabulary's words. */
export function tellMark(answers: Answers, mark: Mark, vocabulary: Vocabulary): string {
  const kind = vocabulary.finding_kinds.find(({ key }) => key === mark.kind);
  const words = (kind?.descriptors ?? []).flatMap((descriptor) => {
    const value = descriptor.values.find(({ key }) => key === mark.descriptors[descriptor.key]);
    return value ? [value.label.toLowerCase()] : [];
  });
  const reason = vocabulary.dismissal_reasons.find(
    ({ key }) => key === mark.descriptors[DISMISSAL_REASON],
  );
  const judged = mark.suspicious
    ? `rating ${mark.rating}`
    : `dismissed${reason ? `: ${reason.label.toLowerCase()}` : ""}`;
  const linked = mark.link ? `the same as mark ${markNumber(answers, mark.link)}` : "";
  const parts = [viewLabel(mark.view), kind?.label ?? "no type", ...words, judged, linked];
  return parts.filter(Boolean).join(", ");
}
