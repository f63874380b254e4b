import type { Answers, ReadingLog, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { lowerWord } from "../i18n/words";
import { Dialog } from "../ui/Dialog";
import { percent } from "../ui/format";
import { viewLabel, type ViewKey } from "../viewer/hanging";
import type { Missing } from "./answers";
import { findContradictions, tellMark } from "./review";

/** Everything that is about to be sent, what is missing, and what does not fit together. */
export function Review({
  answers,
  vocabulary,
  log,
  missing,
  onGo,
  onSubmit,
  onClose,
}: {
  readonly answers: Answers;
  readonly vocabulary: Vocabulary;
  readonly log: ReadingLog;
  readonly missing: readonly Missing[];
  readonly onGo: (where: Missing["where"]) => void;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}) {
  const contradictions = findContradictions(answers);
  return (
    <Dialog title={t("reviewTitle")} onClose={onClose}>
      <div className="stack review">
        {missing.length > 0 && <MissingList missing={missing} onGo={onGo} />}
        {contradictions.length > 0 && (
          <ul className="notice is-warning small" aria-label={t("contradictions")}>
            {contradictions.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        <AnswerList answers={answers} vocabulary={vocabulary} />
        <section aria-labelledby="review-marks">
          <h3 id="review-marks">{t("marks")}</h3>
          {answers.marks.length === 0 && <p className="small muted">{t("noMarks")}</p>}
          <ol className="small review-marks">
            {answers.marks.map((mark) => (
              <li key={mark.id}>{tellMark(answers, mark, vocabulary)}</li>
            ))}
          </ol>
        </section>
        <p className="small muted">{tellSeen(log)}</p>
        <div className="row">
          <button
            type="button"
            className="button is-primary"
            disabled={missing.length > 0}
            autoFocus={missing.length === 0}
            onClick={onSubmit}
          >
            {t("submitReading")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("backToImages")}
          </button>
          <span className="small muted">{t("cannotBeChanged")}</span>
        </div>
      </div>
    </Dialog>
  );
}

function MissingList({
  missing,
  onGo,
}: {
  readonly missing: readonly Missing[];
  readonly onGo: (where: Missing["where"]) => void;
}) {
  return (
    <section aria-labelledby="review-missing">
      <h3 id="review-missing">{t("stillToAnswer")}</h3>
      <div className="row">
        {missing.map(({ what, where }) => (
          <button key={what} type="button" className="button" onClick={() => onGo(where)}>
            {what.charAt(0).toUpperCase() + what.slice(1)}
          </button>
        ))}
      </div>
    </section>
  );
}

function AnswerList({
  answers,
  vocabulary,
}: {
  readonly answers: Answers;
  readonly vocabulary: Vocabulary;
}) {
  const label = (terms: Vocabulary["densities"], key: string | null): string =>
    key ? `${key}, ${lowerWord(terms.find((term) => term.key === key)?.label ?? "")}` : "–";
  const { density, breasts, recall } = answers;
  const rows = [
    [t("density"), label(vocabulary.densities, density)],
    [t("rightBreast"), label(vocabulary.assessments, breasts.right.assessment)],
    [t("leftBreast"), label(vocabulary.assessments, breasts.left.assessment)],
    [t("recall"), recall === null ? "–" : recall ? t("yes") : t("no")],
  ] as const;
  return (
    <dl className="review-answers small">
      {rows.map(([question, answer]) => (
        <div key={question}>
          <dt>{question}</dt>
          <dd>{answer}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How much of each view was on screen at full resolution, which is where small things show. */
function tellSeen({ views }: ReadingLog): string {
  const shares = Object.entries(views ?? {}).map(
    ([key, { seen_1to1 }]) => `${viewLabel(key as ViewKey)} ${percent(seen_1to1)}`,
  );
  return shares.length > 0 ? t("seenClosely", { list: shares.join(", ") }) : "";
}
