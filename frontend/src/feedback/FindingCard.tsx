import type { Feedback, FindingTruth, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { viewLabel, type ViewKey } from "../viewer/hanging";
import { DescriptorTable } from "./DescriptorTable";
import { OutcomeBadge } from "./OutcomeBadge";
import { formatList, formatProportion } from "../ui/format";
import {
  describeDetectability,
  describeFinding,
  findingOutcome,
  hasOutline,
  lookPoint,
} from "./shapes";

const NOBODY = { value: null, low: null, high: null, n: 0, enough: false };

/** One finding: what it is, how the reader described it, and why it is what it is. */
export function FindingCard({
  finding,
  feedback,
  vocabulary,
  onLook,
}: {
  readonly finding: FindingTruth;
  readonly feedback: Feedback;
  readonly vocabulary: Vocabulary;
  readonly onLook: (view: ViewKey, centre: readonly number[]) => void;
}) {
  const lesion = feedback.lesions.find((each) => each.finding === finding.id);
  const others = formatProportion(lesion?.others ?? NOBODY);
  const shown = finding.views.filter((view) => view.outlines.length > 0);
  return (
    <article className="finding">
      <div className="finding-head">
        <h3>{finding.label}</h3>
        <OutcomeBadge {...findingOutcome(feedback, finding.id)} />
      </div>
      {lesion?.miss && <p className="small">{lesion.miss.text}</p>}
      <p className="small muted">
        {describeFinding(finding, vocabulary)} {describeDetectability(finding)}
      </p>
      <DescriptorTable finding={finding} feedback={feedback} vocabulary={vocabulary} />
      <p className="small">{finding.teaching}</p>
      {lesion && lesion.others.n > 0 && (
        <p className="small muted">
          {lesion.others.enough
            ? t("foundByOthers", { ...others })
            : t("foundUnknown", { n: lesion.others.n })}
        </p>
      )}
      {hasOutline(finding) ? (
        <div className="row">
          {shown.map((view) => (
            <button
              key={view.key}
              type="button"
              className="button"
              onClick={() => onLook(view.key, lookPoint(finding, view))}
            >
              {t("showIn", { view: viewLabel(view.key) })}
            </button>
          ))}
          {shown.length === 0 && <p className="small muted">{t("noViewShows")}</p>}
        </div>
      ) : (
        <p className="small muted">
          {t("inViews", { views: formatList(finding.views.map((view) => viewLabel(view.key))) })}
        </p>
      )}
    </article>
  );
}
