import { useId } from "react";
import type { Answers, Mark, Term, Vocabulary } from "../api/types";
import { t } from "../i18n/translate";
import { viewLabel } from "../viewer/hanging";
import {
  changeMark,
  DISMISSAL_REASON,
  linkCandidates,
  linkMarks,
  markNumber,
  removeMark,
} from "./answers";
import { Rating } from "./Rating";
import { Segments } from "./Segments";

const MARK_EDITOR = "mark-editor";

/** Puts the focus on the finding type of the mark that is open. */
export const focusEditor = (): void =>
  document.querySelector<HTMLSelectElement>(`#${MARK_EDITOR} select`)?.focus();

/** All that is said of one mark. */
export function MarkEditor({
  answers,
  mark,
  vocabulary,
  onChange,
  onSelect,
}: {
  readonly answers: Answers;
  readonly mark: Mark;
  readonly vocabulary: Vocabulary;
  readonly onChange: (answers: Answers) => void;
  readonly onSelect: (id: string | null) => void;
}) {
  const change = (part: Partial<Mark>): void => onChange(changeMark(answers, mark.id, part));
  const describe = (key: string, value: string): void => {
    const { [key]: _old, ...others } = mark.descriptors;
    change({ descriptors: value ? { ...others, [key]: value } : others });
  };
  const kind = vocabulary.finding_kinds.find(({ key }) => key === mark.kind);
  return (
    <div className="mark-editor" id={MARK_EDITOR}>
      <Rating value={mark.rating} onChange={(rating) => change({ rating })} />
      <Segments
        question={t("judgement")}
        segments={[
          { value: "suspicious", label: t("suspicious") },
          { value: "dismissed", label: t("dismissed") },
        ]}
        value={mark.suspicious ? "suspicious" : "dismissed"}
        onChange={(value) => change({ suspicious: value === "suspicious" })}
      />
      <div className="pair">
        <Choice
          label={t("findingType")}
          value={mark.kind ?? ""}
          terms={vocabulary.finding_kinds}
          empty={t("choose")}
          onChange={(value) => change({ kind: value || null })}
        />
        {kind?.descriptors.map((descriptor) => (
          <Choice
            key={descriptor.key}
            label={descriptor.label}
            value={mark.descriptors[descriptor.key] ?? ""}
            terms={descriptor.values}
            onChange={(value) => describe(descriptor.key, value)}
          />
        ))}
        {!mark.suspicious && (
          <Choice
            label={t("dismissedBecause")}
            value={mark.descriptors[DISMISSAL_REASON] ?? ""}
            terms={vocabulary.dismissal_reasons}
            onChange={(value) => describe(DISMISSAL_REASON, value)}
          />
        )}
      </div>
      <LinkChoice answers={answers} mark={mark} onChange={onChange} />
      <button
        type="button"
        className="button"
        onClick={() => {
          onChange(removeMark(answers, mark.id));
          onSelect(null);
        }}
      >
        {t("removeMark")}
      </button>
    </div>
  );
}

function Choice({
  label,
  value,
  terms,
  empty = t("notGiven"),
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly terms: readonly Term[];
  readonly empty?: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{empty}</option>
        {terms.map((term) => (
          <option key={term.key} value={term.key}>
            {term.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function LinkChoice({
  answers,
  mark,
  onChange,
}: {
  readonly answers: Answers;
  readonly mark: Mark;
  readonly onChange: (answers: Answers) => void;
}) {
  const candidates = linkCandidates(answers, mark);
  if (candidates.length === 0) return null;
  const terms = candidates.map((other) => ({
    key: other.id,
    label: t("markInView", { n: markNumber(answers, other.id), view: viewLabel(other.view) }),
  }));
  return (
    <Choice
      label={t("sameFinding")}
      value={mark.link ?? ""}
      terms={terms}
      empty={t("notLinked")}
      onChange={(value) => onChange(linkMarks(answers, mark.id, value || null))}
    />
  );
}
