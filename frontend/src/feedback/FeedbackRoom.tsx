import { useEffect, useEffectEvent, useState } from "react";
import type { CaseImages, Feedback, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { KeyMap } from "../reading/KeyMap";
import { Toolbar } from "../reading/Toolbar";
import { useViewer } from "../reading/useViewer";
import { tellProblem } from "../reading/viewer-words";
import { isTyping } from "../ui/keys";
import type { ViewKey } from "../viewer/hanging";
import { ChallengeEnd } from "../sandbox/ChallengeEnd";
import { AbilityChanges } from "./AbilityChanges";
import { Comparison } from "./Comparison";
import { DensityLadder } from "./DensityLadder";
import { FindingCard } from "./FindingCard";
import { NextCase } from "./NextCase";
import { NoteBox } from "../notes/NoteBox";
import { Origin } from "./Origin";
import { Others } from "./Others";
import { ReportCase } from "./ReportCase";
import { feedbackMarks, feedbackOutlines, pointOf } from "./shapes";
import { useBases } from "./useBases";
import { useLadder } from "./useLadder";
import { testPath } from "../testsets/go-on";
import { Link } from "../ui/Link";
import { Verdict } from "./Verdict";

/** The case again, with the truth over it. */
export function FeedbackRoom({
  feedback,
  images,
  vocabulary,
}: {
  readonly feedback: Feedback;
  readonly images: CaseImages;
  readonly vocabulary: Vocabulary;
}) {
  const [selected, setSelected] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const { host, viewer, state } = useViewer(images, {
    onSelect: setSelected,
    onKey: (event) => {
      if (event.key === "?") setHelp(true);
      else if (event.key.toLowerCase() === "d" && !event.ctrlKey && !event.metaKey) {
        ladder.move(event.shiftKey ? -1 : 1);
      } else return false;
      return true;
    },
  });
  const { findings } = feedback.truth;
  // A challenge was made of one case for one reading: it has no ladder, and no next case. A case of
  // a test set is not shown in other densities, and leads back to the result.
  const challenge = feedback.mode === "challenge";
  const test = feedback.mode === "test";
  const hasLadder = findings.length > 0 && !challenge && !test;
  const ladder = useLadder(feedback.case, viewer, hasLadder);
  const { step } = ladder;
  useEffect(() => {
    // In another density the same findings have other outlines, and the same names and outcomes.
    const truth = { ...feedback.truth, findings: step?.findings ?? feedback.truth.findings };
    viewer?.setOutlines(feedbackOutlines({ ...feedback, truth }));
  }, [viewer, feedback, step]);
  useEffect(() => viewer?.setMarks(feedbackMarks(feedback, selected)), [viewer, feedback, selected]);
  const bases = useBases(viewer, feedback);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === "Escape" && !help) viewer?.focus();
    else if (event.key === "?" && !isTyping(event)) setHelp(true);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
  const look = (view: ViewKey, centre: readonly number[]): void =>
    viewer?.lookAt(view, pointOf(centre));
  return (
    <main id="content" className="room" tabIndex={-1}>
      <h1 className="visually-hidden">{t("feedback")}</h1>
      <Toolbar
        viewer={viewer}
        state={state}
        hasPrior={images.prior !== null}
        onHelp={() => setHelp(true)}
      >
        {findings.length > 0 && state && (
          <div className="group">
            <button
              type="button"
              className={`tool${state.lesionsShown ? " is-on" : ""}`}
              title={t("lesionsKey")}
              onClick={() => viewer?.showLesions(!state.lesionsShown)}
            >
              {t(state.lesionsShown ? "lesionOn" : "lesionOff")}
            </button>
            {step && step.state !== "own" && (
              <b className="in-density">{t("inDensity", { density: step.density })}</b>
            )}
          </div>
        )}
      </Toolbar>
      <div className="stage-host" ref={host} />
      <aside className="side-panel" aria-label={t("feedback")}>
        <div className="side-scroll">
          <Verdict feedback={feedback} />
          {feedback.why.returning && <p className="small muted">{feedback.why.returning}</p>}
          {bases.problem !== null && (
            <div className="small" role="alert">
              <p className="is-bad">{t("basesMissing", { reason: tellProblem(bases.problem) })}</p>
              <button type="button" className="button" onClick={bases.retry}>
                {t("tryAgain")}
              </button>
            </div>
          )}
          {findings.length > 0 && (
            <section className="stack" aria-labelledby="findings-title">
              <h2 id="findings-title">{t("theFindings", { n: findings.length })}</h2>
              {findings.map((finding) => (
                <FindingCard
                  key={finding.id}
                  finding={finding}
                  feedback={feedback}
                  vocabulary={vocabulary}
                  onLook={look}
                />
              ))}
            </section>
          )}
          {hasLadder && <DensityLadder control={ladder} findings={findings} />}
          <Comparison feedback={feedback} />
          <Others feedback={feedback} />
          <AbilityChanges changes={feedback.abilities} />
          <NoteBox caseId={feedback.case} />
          <ReportCase caseId={feedback.case} />
          <Origin generator={feedback.generator} />
        </div>
        {challenge ? (
          <ChallengeEnd text={feedback.next.text} />
        ) : test ? (
          <div className="side-foot">
            <Link to={testPath(feedback.session)} className="button is-primary">
              {t("backToResult")}
            </Link>
          </div>
        ) : (
          <NextCase text={feedback.next.text} session={feedback.session} />
        )}
      </aside>
      {help && <KeyMap reading={false} onClose={() => setHelp(false)} />}
    </main>
  );
}
