import type { Feedback } from "../api/types";
import { t } from "../i18n/translate";
import { formatProportion } from "../ui/format";

/** How other readers did on this case, once there are enough of them. */
export function Others({ feedback }: { readonly feedback: Feedback }) {
  const { readers, recall_right } = feedback.others;
  const { value, detail } = formatProportion(recall_right);
  return (
    <section aria-labelledby="others-title">
      <h2 id="others-title">{t("otherReaders")}</h2>
      <p className="small">
        {readers === 0
          ? t("firstToRead")
          : recall_right.enough
            ? t("othersRecall", { value, detail })
            : t("othersUnknown", { n: readers })}
      </p>
    </section>
  );
}
