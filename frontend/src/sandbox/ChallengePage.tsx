import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { sentence } from "../api/client";
import { getChallengeResult } from "../api/requests";
import type { ChallengeResult } from "../api/types";
import { OutcomeBadge } from "../feedback/OutcomeBadge";
import { feedbackMarks, feedbackOutlines, findingOutcome, markOutcome } from "../feedback/shapes";
import { t } from "../i18n/translate";
import { KeyMap } from "../reading/KeyMap";
import { Toolbar } from "../reading/Toolbar";
import { useViewer } from "../reading/useViewer";
import { formatMoment } from "../ui/format";
import { Link } from "../ui/Link";
import { Failure } from "../ui/Notice";
import { Page, useTitle } from "../ui/Page";
import { viewLabel } from "../viewer/hanging";

/** How a colleague read one's challenge. */
export function ChallengePage({ challenge }: { readonly challenge: string }) {
  useTitle(t("challenge"));
  const result = useQuery({
    queryKey: ["challenge-result", challenge],
    queryFn: () => getChallengeResult(challenge),
    staleTime: Infinity,
  });
  if (result.error) {
    return (
      <Page title={t("challengeCannotBeShown")}>
        <Failure error={result.error} onRetry={() => result.refetch()} />
        <p>
          <Link to="/sandbox">{t("toTheSandbox")}</Link>
        </p>
      </Page>
    );
  }
  if (!result.data) return <main id="content" className="room" tabIndex={-1} aria-busy="true" />;
  return <ChallengeRoom result={result.data} />;
}

function ChallengeRoom({ result }: { readonly result: ChallengeResult }) {
  const [selected, setSelected] = useState<string | null>(null);
  const [help, setHelp] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { host, viewer, state } = useViewer(result.case, {
    onSelect: setSelected,
    onKey: (event) => {
      if (event.key !== "?") return false;
      setHelp(true);
      return true;
    },
  });
  useEffect(() => viewer?.setOutlines(feedbackOutlines(result)), [viewer, result]);
  useEffect(() => {
    const marks = feedbackMarks(result, selected).map((mark, index) => ({
      ...mark,
      description: t("theirMarkIs", {
        name: result.colleague,
        n: index + 1,
        word: markOutcome(result, mark.id).word,
        view: viewLabel(mark.view),
      }),
    }));
    viewer?.setMarks(marks);
  }, [viewer, result, selected]);
  useEffect(() => {
    viewer?.loadBases(result.base_frames).catch((error: unknown) => {
      setProblem(t("basesMissing", { reason: sentence(error) }));
    });
  }, [viewer, result]);
  const { findings } = result.truth;
  const { recall_correct, false_marks } = result.score;
  return (
    <main id="content" className="room" tabIndex={-1}>
      <h1 className="visually-hidden">{t("challenge")}</h1>
      <Toolbar viewer={viewer} state={state} hasPrior={false} onHelp={() => setHelp(true)}>
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
          </div>
        )}
      </Toolbar>
      <div className="stage-host" ref={host} />
      <aside className="side-panel" aria-label={t("challenge")}>
        <div className="side-scroll">
          <section className="stack" aria-labelledby="result-title">
            <h2 id="result-title">{t("howReadBy", { name: result.colleague })}</h2>
            <p className="small muted">{formatMoment(result.read_at)}</p>
            <OutcomeBadge
              tone={recall_correct ? "hit" : "miss"}
              word={t(result.answers.recall ? "recall" : "noRecall")}
            />
            {findings.map((finding) => (
              <div className="row" key={finding.id}>
                <span>{finding.label}</span>
                <OutcomeBadge {...findingOutcome(result, finding.id)} />
              </div>
            ))}
            {findings.length === 0 && <p className="small">{t("untouched")}</p>}
            {false_marks > 0 && <p className="small">{t("falseMarkCount", { n: false_marks })}</p>}
            {result.lesions.map(
              ({ finding, miss }) => miss && <p className="small" key={finding}>{miss.text}</p>,
            )}
          </section>
          <section className="stack" aria-labelledby="their-marks">
            <h2 id="their-marks">{t("marks")}</h2>
            {result.answers.marks.length === 0 && <p className="small muted">{t("nothingMarked")}</p>}
            <ul className="items small">
              {result.answers.marks.map((mark, index) => (
                <li key={mark.id}>
                  <span>{t("markInViewRated", { n: index + 1, view: viewLabel(mark.view), rating: mark.rating })}</span>
                  <OutcomeBadge {...markOutcome(result, mark.id)} />
                </li>
              ))}
            </ul>
          </section>
          {problem && <p className="is-bad small">{problem}</p>}
        </div>
        <div className="side-foot">
          <Link to="/sandbox">{t("toTheSandbox")}</Link>
        </div>
      </aside>
      {help && <KeyMap reading={false} onClose={() => setHelp(false)} />}
    </main>
  );
}
