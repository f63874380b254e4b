import { describe, expect, it } from "vitest";
import type { Answers, Assessment, Vocabulary } from "../api/types";
import { addMark, changeMark, EMPTY_ANSWERS, linkMarks, setAssessment } from "./answers";
import { findContradictions, tellMark } from "./review";

const assess = (answers: Answers, left: Assessment): Answers =>
  setAssessment(setAssessment(answers, "right", "1"), "left", left);
const marked = addMark(EMPTY_ANSWERS, { id: "a", view: "left_cc", x: 1, y: 1 });

describe("contradictions", () => {
  it("are told when a breast is acted on without a suspicious mark", () => {
    expect(findContradictions(assess(EMPTY_ANSWERS, "4"))).toEqual([
      "The left breast is assessed 4, yet no mark in it is called suspicious.",
    ]);
    expect(findContradictions(assess(marked, "4"))).toEqual([]);
  });

  it("are told when a suspicious mark lies in a breast called normal", () => {
    const two = addMark(marked, { id: "b", view: "left_mlo", x: 1, y: 1 });
    expect(findContradictions(assess(marked, "1"))).toEqual([
      "The left breast is assessed 1, yet mark 1 in it is called suspicious.",
    ]);
    expect(findContradictions(assess(two, "2"))).toEqual([
      "The left breast is assessed 2, yet marks 1 and 2 in it are called suspicious.",
    ]);
  });

  it("ask for the reason of a dismissal", () => {
    const dismissed = changeMark(marked, "a", { suspicious: false });
    expect(findContradictions(dismissed)).toEqual(["Mark 1 is dismissed without a reason."]);
    const reasoned = changeMark(dismissed, "a", { descriptors: { dismissal_reason: "vessel" } });
    expect(findContradictions(reasoned)).toEqual([]);
  });
});

const vocabulary = {
  finding_kinds: [
    {
      key: "mass",
      label: "Mass",
      descriptors: [{ key: "shape", label: "Shape", values: [{ key: "oval", label: "Oval" }] }],
    },
  ],
  dismissal_reasons: [{ key: "vessel", label: "Vessel" }],
} as unknown as Vocabulary;

describe("a mark in words", () => {
  it("holds its place, type, descriptors, rating and link", () => {
    const two = addMark(marked, { id: "b", view: "left_mlo", x: 1, y: 1 });
    const said = changeMark(two, "a", { kind: "mass", descriptors: { shape: "oval" } });
    const linked = linkMarks(said, "a", "b");
    const [first] = linked.marks;
    expect(first && tellMark(linked, first, vocabulary)).toBe(
      "L CC, Mass, oval, rating 50, the same as mark 2",
    );
  });

  it("holds why it was dismissed", () => {
    const descriptors = { dismissal_reason: "vessel" };
    const dismissed = changeMark(marked, "a", { suspicious: false, descriptors });
    const [first] = dismissed.marks;
    expect(first && tellMark(dismissed, first, vocabulary)).toBe("L CC, no type, dismissed: vessel");
  });
});
