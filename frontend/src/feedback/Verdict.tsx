import type { Feedback } from "../api/types";
import { t } from "../i18n/translate";
import { OutcomeBadge } from "./OutcomeBadge";
import { markOutcome } from "./shapes";

function summarise(feedback: Feedback): { headline: string; detail: string } {
  const { score } = feedback;
  const found = score.lesions.filter((lesion) => lesion.hit).length;
  const all = score.lesions.length;
  // Two that were linked as one finding count once.
  const falseMarks = score.false_marks;
  const tail = falseMarks > 0 ? ` ${t("falseMarkCount", { n: falseMarks })}` : "";
  if (!score.positive) {
    return {
      headline: t(score.recall_correct ? "rightlyNotRecalled" : "recalledNeedless"),
      detail: `${t("nothingMore")}${tail}`,
    };
  }
  return {
    headline: t(score.recall_correct ? "rightlyRecalled" : "cancerSentHome"),
    detail: `${t("foundOf", { found, n: all })}${tail}`,
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
      <ul className="items small" aria-label={t("scoredItems")}>
        {feedback.score.items.map((item) => (
          <li key={item.key}>
            <span>{item.label}</span>
            <OutcomeBadge tone={item.correct ? "hit" : "miss"} word={t(item.correct ? "yes" : "no")} />
          </li>
        ))}
      </ul>
      {feedback.answers.marks.length > 0 && (
        <ul className="items small" aria-label={t("yourMarks")}>
          {feedback.answers.marks.map((mark, index) => (
            <li key={mark.id}>
              <span>{t("markNumber", { n: index + 1 })}</span>
              <OutcomeBadge {...markOutcome(feedback, mark.id)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
