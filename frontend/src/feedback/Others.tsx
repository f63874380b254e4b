import type { Feedback } from "../api/types";
import { formatProportion } from "../ui/format";

/** How other readers did on this case, once there are enough of them. */
export function Others({ feedback }: { readonly feedback: Feedback }) {
  const { readers, recall_right } = feedback.others;
  const { value, detail } = formatProportion(recall_right);
  return (
    <section aria-labelledby="others-title">
      <h2 id="others-title">Other readers</h2>
      <p className="small">
        {readers === 0
          ? "You are the first to read this case."
          : recall_right.enough
            ? `Recall right: ${value} (${detail}).`
            : `Not enough readings to say how others did (n = ${readers}).`}
      </p>
    </section>
  );
}
