import type { Answers, Assessment, Density, Vocabulary } from "../api/types";
import type { Side } from "../geometry/camera";
import { t } from "../i18n/translate";
import { forcedRecall, setAssessment, setDensity, setRecall } from "./answers";
import { Segments } from "./Segments";

type Question = "density" | "right" | "left" | "recall";

const questionId = (question: Question): string => `question-${question}`;

/** Puts the focus on the answer of a question, or on its first choice. */
export function focusQuestion(question: Question): void {
  const choices = [...document.querySelectorAll<HTMLInputElement>(`#${questionId(question)} input`)];
  (choices.find(({ checked }) => checked) ?? choices.find(({ disabled }) => !disabled))?.focus();
}

/** Density, an assessment for each breast, and recall. */
export function AnswerForm({
  answers,
  vocabulary,
  onChange,
}: {
  readonly answers: Answers;
  readonly vocabulary: Vocabulary;
  readonly onChange: (answers: Answers) => void;
}) {
  const assessment = (side: Side, question: string) => {
    const value = answers.breasts[side].assessment;
    return (
      <Segments
        id={questionId(side)}
        question={question}
        segments={vocabulary.assessments.map(({ key, label }) => ({
          value: key as Assessment,
          label: key,
          title: label,
        }))}
        value={value}
        hint={vocabulary.assessments.find(({ key }) => key === value)?.label}
        onChange={(chosen) => onChange(setAssessment(answers, side, chosen))}
      />
    );
  };
  return (
    <section className="stack" aria-labelledby="answers-title">
      <h2 id="answers-title">{t("assessment")}</h2>
      <Segments
        id={questionId("density")}
        question={t("density")}
        segments={vocabulary.densities.map(({ key, label }) => ({
          value: key as Density,
          label: key,
          title: label,
        }))}
        value={answers.density}
        hint={vocabulary.densities.find(({ key }) => key === answers.density)?.label}
        onChange={(density) => onChange(setDensity(answers, density))}
      />
      {assessment("right", t("rightBreast"))}
      {assessment("left", t("leftBreast"))}
      <RecallQuestion answers={answers} onChange={onChange} />
    </section>
  );
}

function RecallQuestion({
  answers,
  onChange,
}: {
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
}) {
  const forced = forcedRecall(answers);
  return (
    <Segments
      id={questionId("recall")}
      question={t("recall")}
      segments={[
        { value: "yes", label: t("recall"), disabled: forced === false },
        { value: "no", label: t("noRecall"), disabled: forced === true },
      ]}
      value={answers.recall === null ? null : answers.recall ? "yes" : "no"}
      hint={forced === null ? undefined : t("recallFollows")}
      onChange={(value) => onChange(setRecall(answers, value === "yes"))}
    />
  );
}
