/** The answers of one reading as values; every change gives a new one. */
import type { Answers, Assessment, Density, Mark, Vocabulary } from "../api/types";
import type { Side } from "../geometry/camera";
import { t } from "../i18n/translate";
import { sideOf, viewLabel, type ViewKey } from "../viewer/hanging";

/** A dismissed mark may say why among its descriptors. */
export const DISMISSAL_REASON = "dismissal_reason";

export const EMPTY_ANSWERS: Answers = {
  density: null,
  breasts: { left: { assessment: null }, right: { assessment: null } },
  recall: null,
  marks: [],
};

/** What the assessments make of recall: true, false, or null where the reader decides. */
export function forcedRecall(answers: Answers): boolean | null {
  const given = [answers.breasts.left.assessment, answers.breasts.right.assessment];
  if (given.some((value) => value === "0" || value === "4" || value === "5")) return true;
  if (given.every((value) => value === "1" || value === "2")) return false;
  return null;
}

export const setDensity = (answers: Answers, density: Density): Answers => ({
  ...answers,
  density,
});

export function setAssessment(answers: Answers, side: Side, assessment: Assessment): Answers {
  const breasts = { ...answers.breasts, [side]: { assessment } };
  const changed = { ...answers, breasts };
  const before = forcedRecall(answers);
  const after = forcedRecall(changed);
  // A recall that only followed from the old assessments does not outlive them.
  const recall = after ?? (before === null ? answers.recall : null);
  return { ...changed, recall };
}

/** Keeps what the assessments force. */
export const setRecall = (answers: Answers, recall: boolean): Answers => ({
  ...answers,
  recall: forcedRecall(answers) ?? recall,
});

export function addMark(
  answers: Answers,
  mark: Pick<Mark, "id" | "view" | "x" | "y">,
): Answers {
  const added: Mark = {
    ...mark,
    rating: 50,
    kind: null,
    descriptors: {},
    suspicious: true,
    link: null,
  };
  return { ...answers, marks: [...answers.marks, added] };
}

export function changeMark(answers: Answers, id: string, change: Partial<Mark>): Answers {
  const marks = answers.marks.map((mark) => {
    if (mark.id !== id) return mark;
    // Descriptors belong to a kind of finding, the reason to a dismissed one.
    const descriptors = change.kind && change.kind !== mark.kind ? {} : mark.descriptors;
    const { [DISMISSAL_REASON]: _reason, ...findings } = descriptors;
    return { ...mark, descriptors: change.suspicious ? findings : descriptors, ...change };
  });
  return { ...answers, marks };
}

/** The kind of finding after or before one, around the end. */
export function nextKind(vocabulary: Vocabulary, kind: string | null, by: 1 | -1): string | null {
  const keys = vocabulary.finding_kinds.map(({ key }) => key);
  const place = kind === null ? (by === 1 ? -1 : 0) : keys.indexOf(kind);
  return keys[(place + by + keys.length) % keys.length] ?? null;
}

export function removeMark(answers: Answers, id: string): Answers {
  const marks = answers.marks
    .filter((mark) => mark.id !== id)
    .map((mark) => (mark.link === id ? { ...mark, link: null } : mark));
  return { ...answers, marks };
}

/**
 * Links two marks as the same finding in both views of a breast, or takes the link away. One of
 * them that has no type yet takes on what was said of the other.
 */
export function linkMarks(answers: Answers, id: string, other: string | null): Answers {
  const one = answers.marks.find((mark) => mark.id === id);
  const two = answers.marks.find((mark) => mark.id === other);
  const marks = answers.marks.map((mark) => {
    if (mark.id === id) return { ...describedLike(mark, two), link: other };
    if (mark.id === other) return { ...describedLike(mark, one), link: id };
    if (mark.link === id || (other !== null && mark.link === other)) return { ...mark, link: null };
    return mark;
  });
  return { ...answers, marks };
}

function describedLike(mark: Mark, other: Mark | undefined): Mark {
  if (mark.kind || !other?.kind) return mark;
  const { kind, descriptors, suspicious, rating } = other;
  return { ...mark, kind, descriptors, suspicious, rating };
}

/** Marks that may be the same finding: the same breast, the other view. */
export const linkCandidates = (answers: Answers, mark: Mark): readonly Mark[] =>
  answers.marks.filter(
    (other) => other.view !== mark.view && sideOf(other.view) === sideOf(mark.view),
  );

export const markNumber = (answers: Answers, id: string): number =>
  answers.marks.findIndex((mark) => mark.id === id) + 1;

/** What a screen reader says of a mark; it holds the mark's label, which is joint for linked ones. */
export function describeMark(answers: Answers, mark: Mark): string {
  const own = markNumber(answers, mark.id);
  const other = mark.link ? markNumber(answers, mark.link) : 0;
  const n = other > 0 ? [own, other].sort((a, b) => a - b).join(" = ") : own;
  const view = viewLabel(mark.view as ViewKey);
  const said = mark.suspicious
    ? t("markInViewRated", { n, view, rating: mark.rating })
    : t("markInViewDismissed", { n, view });
  return other > 0 ? `${said}, ${t("sameAsMark", { n: other })}` : said;
}

/** Something still to be answered, and where: a question's name or a mark's id. */
export interface Missing {
  readonly what: string;
  readonly where: "density" | "right" | "left" | "recall" | { readonly mark: string };
}

/** What is still to be answered before the reading can be submitted. */
export function missingAnswers(answers: Answers): Missing[] {
  const missing: Missing[] = [];
  if (!answers.density) missing.push({ what: t("missingDensity"), where: "density" });
  for (const side of ["right", "left"] as const) {
    if (!answers.breasts[side].assessment) {
      const what = t(side === "right" ? "missingRight" : "missingLeft");
      missing.push({ what, where: side });
    }
  }
  if (answers.recall === null) missing.push({ what: t("missingRecall"), where: "recall" });
  answers.marks.forEach((mark, index) => {
    if (mark.kind) return;
    missing.push({ what: t("missingType", { n: index + 1 }), where: { mark: mark.id } });
  });
  return missing;
}

export const sameAnswers = (a: Answers, b: Answers): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a.localeCompare(b)))
      : part,
  );
