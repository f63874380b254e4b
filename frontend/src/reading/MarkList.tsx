import type { Answers, Mark, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { viewLabel } from "../viewer/hanging";
import { MarkEditor } from "./MarkEditor";

/** The reader's marks; the selected one opens for editing. */
export function MarkList({
  answers,
  vocabulary,
  selected,
  onSelect,
  onChange,
}: {
  readonly answers: Answers;
  readonly vocabulary: Vocabulary;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onChange: (answers: Answers) => void;
}) {
  return (
    <section className="stack" aria-labelledby="marks-title">
      <h2 id="marks-title">{t("marks")}</h2>
      {answers.marks.length === 0 ? (
        <p className="muted small">
          {t("howToMark")} <kbd>M</kbd>. {t("leaveNormal")}
        </p>
      ) : (
        <ul className="mark-list">
          {answers.marks.map((mark, index) => (
            <li
              key={mark.id}
              className={`mark-item${mark.id === selected ? " is-selected" : ""}`}
            >
              <button
                type="button"
                className="mark-summary"
                aria-expanded={mark.id === selected}
                onClick={() => onSelect(mark.id === selected ? null : mark.id)}
              >
                <span className={`number${mark.suspicious ? "" : " is-dismissed"}`}>
                  {index + 1}
                </span>
                <span>{viewLabel(mark.view)}</span>
                <span className="muted small">{summarise(mark, vocabulary)}</span>
              </button>
              {mark.id === selected && (
                <MarkEditor
                  answers={answers}
                  mark={mark}
                  vocabulary={vocabulary}
                  onChange={onChange}
                  onSelect={onSelect}
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function summarise(mark: Mark, vocabulary: Vocabulary): string {
  const kind = vocabulary.finding_kinds.find(({ key }) => key === mark.kind)?.label;
  return `${kind ?? t("chooseType")}, ${mark.suspicious ? mark.rating : t("dismissedWord")}`;
}
