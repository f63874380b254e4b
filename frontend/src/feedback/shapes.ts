/** What the truth looks like over the reader's marks. */
import type { Feedback, FindingTruth, MarkOutcome, MissKind, Vocabulary } from "../api/types";
import { imagePoint, type ImagePoint } from "../geometry/units";
import type { MarkShape, OutlineShape, Tone } from "../viewer/overlay";
import { viewLabel } from "../viewer/hanging";

export interface Outcome {
  readonly tone: Tone;
  readonly word: string;
}

/** A point of the API: [x, y] image pixels. */
export const pointOf = ([x = 0, y = 0]: readonly number[]): ImagePoint => imagePoint(x, y);

const OUTCOMES: Readonly<Record<MarkOutcome, Outcome>> = {
  hit: { tone: "hit", word: "Hit" },
  duplicate: { tone: "hit", word: "Same finding again" },
  false_positive: { tone: "false", word: "False mark" },
  neutral: { tone: "dismissed", word: "Rightly dismissed" },
};

const MISSES: Readonly<Record<MissKind, string>> = {
  not_looked_at: "Missed, not looked at",
  dismissed: "Seen, but dismissed",
  marked_elsewhere: "Missed, marked elsewhere",
  not_marked: "Missed, looked at, not marked",
};

/** What became of one mark. A dismissed mark where nothing is costs and earns nothing. */
export function markOutcome(feedback: Feedback, id: string): Outcome {
  const scored = feedback.score.marks.find((mark) => mark.id === id);
  if (!scored) return { tone: "dismissed", word: "Not scored" };
  if (scored.outcome !== "neutral") return OUTCOMES[scored.outcome];
  const finding = feedback.truth.findings.find(({ id: key }) => key === scored.finding);
  if (finding?.actionable) return { tone: "false", word: "Seen, wrongly dismissed" };
  if (!finding) return { tone: "dismissed", word: "Dismissed" };
  return OUTCOMES.neutral;
}

/** What became of one true finding. */
export function findingOutcome(feedback: Feedback, id: string): Outcome {
  const finding = feedback.truth.findings.find((candidate) => candidate.id === id);
  if (!finding?.actionable) return { tone: "truth", word: harmlessWord(finding) };
  const lesion = feedback.score.lesions.find((candidate) => candidate.finding === id);
  if (lesion?.hit) return { tone: "hit", word: "Found" };
  const miss = feedback.lesions.find((candidate) => candidate.finding === id)?.miss;
  return { tone: "miss", word: miss ? MISSES[miss.kind] : "Missed" };
}

/** Why something that is there calls for nothing. */
function harmlessWord(finding: FindingTruth | undefined): string {
  if (finding?.group === "technique") return "Technique";
  if (finding?.group === "artefact") return "Artefact";
  if (finding?.assessment === "1") return "No lesion";
  return finding?.assessment === "3" ? "Probably benign" : "Benign";
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

export const feedbackMarks = (feedback: Feedback, selected: string | null): MarkShape[] =>
  feedback.answers.marks.map((mark, index) => {
    const { tone, word } = markOutcome(feedback, mark.id);
    return {
      id: mark.id,
      view: mark.view,
      point: imagePoint(mark.x, mark.y),
      label: `${index + 1} ${word}`,
      description: `Your mark ${index + 1} ${word}, ${viewLabel(mark.view)}`,
      tone,
      selected: mark.id === selected,
      movable: false,
    };
  });

export const feedbackOutlines = (feedback: Feedback): OutlineShape[] =>
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
  const side = `${finding.side === "left" ? "Left" : "Right"} breast`;
  const longest = Math.round(Math.max(0, ...finding.views.map((view) => view.long_axis_mm)));
  const place = finding.placed
    ? `${side}, ${finding.clock} o'clock, ${Math.round(finding.distance_from_nipple_mm)} mm from ` +
      `the nipple${longest > 0 ? `, shows as ${longest} mm` : ""}.`
    : `${side}.`;
  const assessment = vocabulary.finding_assessments.find(({ key }) => key === finding.assessment);
  const pathology = vocabulary.pathologies.find(({ key }) => key === finding.pathology);
  const category =
    `BI-RADS ${finding.assessment}` + (assessment ? ` (${assessment.label.toLowerCase()})` : "");
  const outcome = finding.pathology === "none" ? "" : `, ${pathology?.label.toLowerCase() ?? ""}`;
  return [place, `${category}${outcome}.`, describeRisk(finding)].filter(Boolean).join(" ");
}

/** Below this a finding is faint; as in generation/teaching.py. */
const FAINT_DPRIME = 4;

/** How well a finding stands out, view by view; "" where that was not measured. */
export function describeDetectability({ views }: FindingTruth): string {
  const measured = views.filter(({ dprime }) => dprime !== null);
  if (measured.length === 0) return "";
  const parts = measured.map(({ key, dprime, visible }) => {
    const value = dprime ?? 0;
    const word = !visible ? "not visible" : value < FAINT_DPRIME ? "faint" : "plain";
    return `${viewLabel(key)} ${value.toFixed(1)} (${word})`;
  });
  return `Detectability d′: ${parts.join(", ")}.`;
}

function describeRisk({ malignancy, actionable, pathology, reads_as }: FindingTruth): string {
  if (malignancy === null || pathology === "none") return "";
  const among100 = Math.round(100 * malignancy);
  if (among100 > 0) return `Of such findings about ${among100} in 100 are cancer.`;
  return actionable || reads_as === null ? "" : "Of such findings hardly any is cancer.";
}
