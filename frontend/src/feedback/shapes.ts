/** What the truth looks like over the reader's marks. */
import type { Feedback, MarkOutcome } from "../api/types";
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

/** What became of one mark. A dismissed mark where nothing is costs nothing and earns nothing. */
export function markOutcome(feedback: Feedback, id: string): Outcome {
  const scored = feedback.score.marks.find((mark) => mark.id === id);
  if (!scored) return { tone: "dismissed", word: "Not scored" };
  if (scored.outcome !== "neutral") return OUTCOMES[scored.outcome];
  const finding = feedback.truth.findings.find(({ id: key }) => key === scored.finding);
  if (finding?.actionable) return { tone: "false", word: "Seen, wrongly dismissed" };
  return OUTCOMES.neutral;
}

/** What became of one true finding. */
export function findingOutcome(feedback: Feedback, id: string): Outcome {
  const finding = feedback.truth.findings.find((candidate) => candidate.id === id);
  if (!finding?.actionable) return { tone: "truth", word: "Benign, no recall needed" };
  const lesion = feedback.score.lesions.find((candidate) => candidate.finding === id);
  if (lesion?.hit) return { tone: "hit", word: "Found" };
  const dismissed = feedback.score.marks.some(
    (mark) => mark.finding === id && mark.outcome === "neutral",
  );
  return { tone: "miss", word: dismissed ? "Seen, but dismissed" : "Missed" };
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
  feedback.truth.findings.flatMap((finding) => {
    const { tone, word } = findingOutcome(feedback, finding.id);
    return finding.views
      .filter((view) => view.visible)
      .map((view) => ({
        id: finding.id,
        view: view.key,
        polygons: view.outlines.map((polygon) => polygon.map(pointOf)),
        label: `${finding.label}: ${word}`,
        tone,
      }));
  });
