import type { Feedback } from "../api/types";
import { OutcomeBadge } from "./OutcomeBadge";
import { markOutcome } from "./shapes";

function summarise(feedback: Feedback): { headline: string; detail: string } {
  const { score } = feedback;
  const found = score.lesions.filter((lesion) => lesion.hit).length;
  const all = score.lesions.length;
  // Two that were linked as one finding count once.
  const falseMarks = score.false_marks;
  const tail = falseMarks > 0 ? ` ${falseMarks} false mark${falseMarks > 1 ? "s" : ""}.` : "";
  if (!score.positive) {
    return {
      headline: score.recall_correct ? "Rightly not recalled" : "Recalled without need",
      detail: `This case holds nothing to act on.${tail}`,
    };
  }
  return {
    headline: score.recall_correct ? "Rightly recalled" : "A cancer or suspicious finding sent home",
    detail: `${found} of ${all} actionable finding${all > 1 ? "s" : ""} found.${tail}`,
  };
}

/** How it went, in two lines, then mark by mark and item by item. */
export function Verdict({ feedback }: { readonly feedback: Feedback }) {
  const { headline, detail } = summarise(feedback);
  const right = feedback.score.recall_correct;
  return (
    <section className="stack" aria-labelledby="verdict-title">
      <div className="verdict">
        <h2 id="verdict-title">
          <OutcomeBadge tone={right ? "hit" : "miss"} word={headline} />
        </h2>
        <p className="small">{detail}</p>
      </div>
      <ul className="items small" aria-label="Scored items">
        {feedback.score.items.map((item) => (
          <li key={item.key}>
            <span>{item.label}</span>
            <OutcomeBadge tone={item.correct ? "hit" : "miss"} word={item.correct ? "Yes" : "No"} />
          </li>
        ))}
      </ul>
      {feedback.answers.marks.length > 0 && (
        <ul className="items small" aria-label="Your marks">
          {feedback.answers.marks.map((mark, index) => (
            <li key={mark.id}>
              <span>Mark {index + 1}</span>
              <OutcomeBadge {...markOutcome(feedback, mark.id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
