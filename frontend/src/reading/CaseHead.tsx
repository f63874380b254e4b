import { useEffect, useState } from "react";
import type { Assignment, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { describePlace, TestClock, TimeShort } from "../testsets/TestClock";
import { describeYears } from "../ui/format";
import type { Viewer } from "../viewer/viewer";

/** Who is being read, why this case, and for how long. */
export function CaseHead({
  assignment,
  vocabulary,
  viewer,
  timer,
}: {
  readonly assignment: Assignment;
  readonly vocabulary: Vocabulary;
  readonly viewer: Viewer | null;
  readonly timer: boolean;
}) {
  const { age_band, indication, prior } = assignment.case;
  const label = vocabulary.indications.find(({ key }) => key === indication)?.label ?? indication;
  return (
    <section aria-label={t("case")}>
      <div className="patient">
        <h2>
          {assignment.test
            ? describePlace(assignment.test, assignment.position)
            : t("caseNumber", { n: assignment.position })}
        </h2>
        {timer && (assignment.test ? <TestClock test={assignment.test} /> : <Timer viewer={viewer} />)}
        {assignment.test && <TimeShort test={assignment.test} />}
      </div>
      <p className="small">
        {t("woman", { age: age_band, indication: label })}{" "}
        {prior ? (
          <>
            {t("priorOf", { when: describeYears(prior.years_before) })} <kbd>P</kbd>.
          </>
        ) : (
          t("noPrior")
        )}
      </p>
      {assignment.why?.text && (
        <p className="small muted">
          {assignment.why.mode}. {assignment.why.text}
        </p>
      )}
    </section>
  );
}

function Timer({ viewer }: { readonly viewer: Viewer | null }) {
  const [ms, setMs] = useState(0);
  useEffect(() => {
    const interval = setInterval(() => setMs(viewer?.attention.log.total_ms ?? 0), 1000);
    return () => clearInterval(interval);
  }, [viewer]);
  const seconds = Math.floor(ms / 1000);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <span className="small muted numeric" role="timer" aria-live="off" title={t("hideTimer")}>
      {clock}
    </span>
  );
}
