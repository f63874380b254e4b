import { describe, expect, it } from "vitest";
import type { Answers, Assessment, Vocabulary } from "../api/types";
import {
  addMark,
  changeMark,
  describeMark,
  DISMISSAL_REASON,
  EMPTY_ANSWERS,
  forcedRecall,
  linkCandidates,
  linkMarks,
  missingAnswers,
  nextKind,
  removeMark,
  sameAnswers,
  setAssessment,
  setDensity,
  setRecall,
} from "./answers";

const assess = (right: Assessment, left: Assessment): Answers =>
  setAssessment(setAssessment(EMPTY_ANSWERS, "right", right), "left", left);

const marked = (): Answers => {
  const one = addMark(EMPTY_ANSWERS, { id: "a", view: "left_cc", x: 1, y: 2 });
  const two = addMark(one, { id: "b", view: "left_mlo", x: 3, y: 4 });
  return addMark(two, { id: "c", view: "right_mlo", x: 5, y: 6 });
};

describe("recall", () => {
  it.each([
    ["1", "4", true],
    ["0", "1", true],
    ["5", "3", true],
    ["1", "2", false],
    ["2", "2", false],
    ["3", "1", null],
    ["3", "3", null],
  ] as const)("after %s and %s is forced to %s", (right, left, forced) => {
    expect(forcedRecall(assess(right, left))).toBe(forced);
    expect(assess(right, left).recall).toBe(forced);
  });

  it("cannot contradict the assessments", () => {
    expect(setRecall(assess("1", "4"), false).recall).toBe(true);
    expect(setRecall(assess("1", "3"), false).recall).toBe(false);
  });

  it("forgets what only followed from an assessment that changed", () => {
    const changed = setAssessment(assess("1", "4"), "left", "3");
    expect(changed.recall).toBeNull();
  });

  it("keeps the reader's own choice while it stays open", () => {
    const chosen = setRecall(assess("3", "1"), true);
    expect(setAssessment(chosen, "left", "2").recall).toBe(true);
  });
});

describe("marks", () => {
  it("lose descriptors with their kind, and the reason with the dismissal", () => {
    const mass = changeMark(marked(), "a", { kind: "mass", descriptors: { shape: "oval" } });
    expect(changeMark(mass, "a", { kind: "calcification_group" }).marks[0]?.descriptors).toEqual({});
    const dismissed = changeMark(mass, "a", {
      suspicious: false,
      descriptors: { shape: "oval", [DISMISSAL_REASON]: "vessel" },
    });
    expect(changeMark(dismissed, "a", { suspicious: true }).marks[0]?.descriptors).toEqual({
      shape: "oval",
    });
  });

  it("link both ways, and only to one", () => {
    const linked = linkMarks(marked(), "a", "b");
    expect(linked.marks.map((mark) => mark.link)).toEqual(["b", "a", null]);
    expect(linkMarks(linked, "a", null).marks.map((mark) => mark.link)).toEqual([null, null, null]);
    expect(removeMark(linked, "b").marks.map((mark) => mark.link)).toEqual([null, null]);
  });

  it("take on what was said of the other when they are linked, unless they say something", () => {
    const said = { kind: "mass", descriptors: { shape: "oval" }, rating: 80 };
    const linked = linkMarks(changeMark(marked(), "a", said), "b", "a");
    expect(linked.marks[1]).toMatchObject({ ...said, link: "a" });
    const other = changeMark(linked, "b", { kind: "asymmetry", descriptors: {} });
    expect(linkMarks(other, "a", "b").marks.map(({ kind }) => kind)).toEqual(["mass", "asymmetry", null]);
  });

  it("are named with their label, which a link makes joint", () => {
    const answers = linkMarks(marked(), "a", "b");
    const [first, second, third] = answers.marks.map((mark) => describeMark(answers, mark));
    expect(first).toBe("Mark 1 = 2, L CC, rating 50, the same as mark 2");
    expect(second).toBe("Mark 1 = 2, L MLO, rating 50, the same as mark 1");
    expect(third).toBe("Mark 3, R MLO, rating 50");
  });

  it("can be the same finding in the other view of the same breast alone", () => {
    const answers = marked();
    const [first] = answers.marks;
    expect(first && linkCandidates(answers, first).map(({ id }) => id)).toEqual(["b"]);
  });
});

describe("completeness", () => {
  it("names what is missing", () => {
    expect(missingAnswers(EMPTY_ANSWERS).map(({ what }) => what)).toEqual([
      "density",
      "right assessment",
      "left assessment",
      "recall",
    ]);
    expect(missingAnswers(setDensity(assess("1", "1"), "B"))).toEqual([]);
    const untyped = { ...setDensity(assess("1", "1"), "B"), marks: marked().marks.slice(0, 1) };
    expect(missingAnswers(untyped)).toEqual([
      { what: "finding type of mark 1", where: { mark: "a" } },
    ]);
  });
});

describe("comparison", () => {
  it("ignores the order of fields, not of marks", () => {
    const answers = marked();
    const reordered = JSON.parse(
      JSON.stringify({ marks: answers.marks, recall: null, breasts: answers.breasts, density: null }),
    ) as Answers;
    expect(sameAnswers(answers, reordered)).toBe(true);
    expect(sameAnswers(answers, { ...answers, marks: [...answers.marks].reverse() })).toBe(false);
  });
});

describe("the kind of a mark", () => {
  const vocabulary = {
    finding_kinds: ["mass", "calcification_group", "asymmetry"].map((key) => ({ key })),
  } as unknown as Vocabulary;

  it("steps through all that the vocabulary offers and around", () => {
    expect(nextKind(vocabulary, null, 1)).toBe("mass");
    expect(nextKind(vocabulary, "mass", 1)).toBe("calcification_group");
    expect(nextKind(vocabulary, "asymmetry", 1)).toBe("mass");
    expect(nextKind(vocabulary, null, -1)).toBe("asymmetry");
    expect(nextKind(vocabulary, "mass", -1)).toBe("asymmetry");
  });
});
