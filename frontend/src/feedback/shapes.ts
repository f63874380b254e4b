/** What the truth looks like over the reader's marks. */
import type { Feedback, FindingTruth, MarkOutcome, MissKind, Vocabulary } from "../api/types";
import { imagePoint, type ImagePoint } from "../geometry/units";
import type { Key } from "../i18n/en";
import { t } from "../i18n/translate";
import { lowerWord } from "../i18n/words";
import { formatNumber } from "../ui/format";
import type { MarkShape, OutlineShape, Tone } from "../viewer/overlay";
import { viewLabel } from "../viewer/hanging";

/** What of a feedback tells how each mark and finding fared. */
export type Scored = Pick<Feedback, "answers" | "score" | "truth" | "lesions">;

export interface Outcome {
  readonly tone: Tone;
  readonly word: string;
}

/** A point of the API: [x, y] image pixels. */
export const pointOf = ([x = 0, y = 0]: readonly number[]): ImagePoint => imagePoint(x, y);

const outcome = (tone: Tone, key: Key): Outcome => ({ tone, word: t(key) });

const OUTCOMES: Readonly<Record<MarkOutcome, readonly [Tone, Key]>> = {
  hit: ["hit", "markHit"],
  duplicate: ["hit", "markDuplicate"],
  false_positive: ["false", "markFalse"],
  neutral: ["dismissed", "markRightlyDismissed"],
};

const MISSES: Readonly<Record<MissKind, Key>> = {
  not_looked_at: "missNotLookedAt",
  dismissed: "missDismissed",
  marked_elsewhere: "missMarkedElsewhere",
  not_marked: "missNotMarked",
};

/** What became of one mark. A dismissed mark where nothing is costs and earns nothing. */
export function markOutcome(feedback: Scored, id: string): Outcome {
  const scored = feedback.score.marks.find((mark) => mark.id === id);
  if (!scored) return outcome("dismissed", "markNotScored");
  if (scored.outcome !== "neutral") return outcome(...OUTCOMES[scored.outcome]);
  const finding = feedback.truth.findings.find(({ id: key }) => key === scored.finding);
  if (finding?.actionable) return outcome("false", "markWronglyDismissed");
  if (!finding) return outcome("dismissed", "markDismissed");
  return outcome(...OUTCOMES.neutral);
}

/** What became of one true finding. */
export function findingOutcome(feedback: Scored, id: string): Outcome {
  const finding = feedback.truth.findings.find((candidate) => candidate.id === id);
  if (!finding?.actionable) return outcome("truth", harmlessWord(finding));
  const lesion = feedback.score.lesions.find((candidate) => candidate.finding === id);
  if (lesion?.hit) return outcome("hit", "found");
  const miss = feedback.lesions.find((candidate) => candidate.finding === id)?.miss;
  return outcome("miss", miss ? MISSES[miss.kind] : "missed");
}

/** Why something that is there calls for nothing. */
function harmlessWord(finding: FindingTruth | undefined): Key {
  if (finding?.group === "technique") return "groupTechnique";
  if (finding?.group === "artefact") return "groupArtefact";
  if (finding?.assessment === "1") return "noLesion";
  return finding?.assessment === "3" ? "probablyBenign" : "benign";
}

/** A fault of technique is one of a whole view: there is nothing in it to outline. */
export const hasOutline = (finding: FindingTruth): boolean => finding.group !== "technique";

/** Where to look for a finding in one view: what has no place of its own is where it shows. */
export function lookPoint(finding: FindingTruth, view: FindingTruth["views"][number]): number[] {
  const points = view.outlines.flat();
  if (finding.placed || points.length === 0) return view.centre;
  const middle = (axis: 0 | 1): number =>
    points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length;
  return [middle(0), middle(1)];
}

export const feedbackMarks = (feedback: Scored, selected: string | null): MarkShape[] =>
  feedback.answers.marks.map((mark, index) => {
    const { tone, word } = markOutcome(feedback, mark.id);
    return {
      id: mark.id,
      view: mark.view,
      point: imagePoint(mark.x, mark.y),
      label: `${index + 1} ${word}`,
      description: t("yourMarkIs", { n: index + 1, word, view: viewLabel(mark.view) }),
      tone,
      selected: mark.id === selected,
      movable: false,
    };
  });

export const feedbackOutlines = (feedback: Scored): OutlineShape[] =>
  feedback.truth.findings.filter(hasOutline).flatMap((finding) => {
    const { tone, word } = findingOutcome(feedback, finding.id);
    // Also where it hardly shows: here is to be learnt where it lay.
    return finding.views
      .filter((view) => view.outlines.length > 0)
      .map((view) => ({
        id: finding.id,
        view: view.key,
        polygons: view.outlines.map((polygon) => polygon.map(pointOf)),
        label: `${finding.label}: ${word}`,
        tone,
      }));
  });

/** Where a finding lies, how large the views show it (its own size is taught), and what becomes of such findings. */
export function describeFinding(finding: FindingTruth, vocabulary: Vocabulary): string {
  const breast = t(finding.side === "left" ? "leftBreast" : "rightBreast");
  const longest = Math.round(Math.max(0, ...finding.views.map((view) => view.long_axis_mm)));
  const there = {
    breast,
    clock: finding.clock,
    mm: Math.round(finding.distance_from_nipple_mm),
    size: longest,
  };
  const place = finding.placed
    ? t(longest > 0 ? "placeAndSizeOf" : "placeOf", there)
    : `${breast}.`;
  const assessment = vocabulary.finding_assessments.find(({ key }) => key === finding.assessment);
  const pathology = vocabulary.pathologies.find(({ key }) => key === finding.pathology);
  const words = {
    assessment: finding.assessment,
    meaning: lowerWord(assessment?.label ?? ""),
    result: lowerWord(pathology?.label ?? ""),
  };
  const category = t(finding.pathology === "none" ? "categoryOf" : "categoryAndResult", words);
  return [place, category, describeRisk(finding)].filter(Boolean).join(" ");
}

/** Below this a finding is faint; as in generation/teaching.py. */
const FAINT_DPRIME = 4;

/** How well a finding stands out, view by view; "" where that was not measured. */
export function describeDetectability({ views }: FindingTruth): string {
  const measured = views.filter(({ dprime }) => dprime !== null);
  if (measured.length === 0) return "";
  const parts = measured.map(({ key, dprime, visible }) => {
    const value = dprime ?? 0;
    const word = t(!visible ? "wordNotVisible" : value < FAINT_DPRIME ? "wordFaint" : "wordPlain");
    return `${viewLabel(key)} ${formatNumber(value, 1)} (${word})`;
  });
  return t("detectabilityOf", { views: parts.join(", ") });
}

function describeRisk({ malignancy, actionable, pathology, reads_as }: FindingTruth): string {
  if (malignancy === null || pathology === "none") return "";
  const among100 = Math.round(100 * malignancy);
  if (among100 > 0) return t("amongHundred", { n: among100 });
  return actionable || reads_as === null ? "" : t("hardlyAny");
}
