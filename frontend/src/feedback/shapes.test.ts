import { describe, expect, it } from "vitest";
import type { Feedback, FindingTruth, MarkOutcome, MissKind, Vocabulary } from "../api/types";
import { addMark, EMPTY_ANSWERS } from "../reading/answers";
import {
  describeDetectability,
  describeFinding,
  feedbackMarks,
  feedbackOutlines,
  findingOutcome,
  lookPoint,
  markOutcome,
} from "./shapes";

const finding = (actionable: boolean): FindingTruth => ({
  id: "f1",
  kind: "mass",
  reads_as: "mass",
  group: "mass",
  placed: true,
  malignancy: 0.88,
  label: "Mass",
  actionable,
  side: "left",
  descriptors: {},
  assessment: actionable ? "4C" : "2",
  pathology: "malignant",
  clock: 2,
  distance_from_nipple_mm: 40,
  teaching: "",
  views: [
    { key: "left_cc", outlines: [[[1, 2], [3, 4], [5, 2]]], centre: [3, 3], long_axis_mm: 9, visible: true, dprime: 2 },
    { key: "left_mlo", outlines: [], centre: [0, 0], long_axis_mm: 0, visible: false, dprime: null },
  ],
});

const feedback = (outcome: MarkOutcome, hits: string | null, actionable = true): Feedback => ({
  reading: "r",
  assignment: "a",
  case: "c",
  generator: { sha256: "", name: "" },
  submitted_at: "",
  answers: addMark(EMPTY_ANSWERS, { id: "m", view: "left_cc", x: 3, y: 3 }),
  score: {
    method_version: 1,
    recall_correct: true,
    recalled: true,
    false_marks: 0,
    density_correct: true,
    positive: actionable,
    case_rating: 50,
    lesions: actionable
      ? [{ finding: "f1", hit: outcome === "hit", marks: [], kind_right: null, descriptors: null, characterised: null }]
      : [],
    marks: [{ id: "m", outcome, finding: hits }],
    items: [],
  },
  truth: {
    density: { left: "B", right: "B" },
    assessment: { left: "4", right: "1" },
    recall: true,
    tier: 2,
    findings: [finding(actionable)],
  },
  lesions: actionable
    ? [{ finding: "f1", miss: null, others: { value: null, low: null, high: null, n: 0, enough: false } }]
    : [],
  words: {},
  others: { readers: 0, recall_right: { value: null, low: null, high: null, n: 0, enough: false } },
  why: { mode: "Practice", competency: null, label: "", text: "", predicted: null, returning: null },
  session: "s",
  mode: "practice",
  base_frames: {},
  abilities: [],
  next: { text: "" },
});

function missed(kind: MissKind, outcome: MarkOutcome): Feedback {
  const told = feedback(outcome, "f1");
  const lesions = told.lesions.map((lesion) => ({ ...lesion, miss: { kind, text: "" } }));
  return { ...told, lesions };
}

describe("outcomes", () => {
  it("tell a hit from a miss", () => {
    expect(findingOutcome(feedback("hit", "f1"), "f1").word).toBe("Found");
    expect(findingOutcome(feedback("false_positive", null), "f1").word).toBe("Missed");
    expect(markOutcome(feedback("false_positive", null), "m")).toEqual({ tone: "false", word: "False mark" });
  });

  it("tell a lesion that was seen and dismissed", () => {
    const dismissed = missed("dismissed", "neutral");
    expect(findingOutcome(dismissed, "f1")).toEqual({ tone: "miss", word: "Seen, but dismissed" });
    expect(markOutcome(dismissed, "m").word).toBe("Seen, wrongly dismissed");
  });

  it("tell the kind of miss", () => {
    expect(findingOutcome(missed("not_looked_at", "false_positive"), "f1").word).toBe(
      "Missed, not looked at",
    );
  });

  it("leave a benign look-alike without blame", () => {
    const benign = feedback("neutral", "f1", false);
    expect(findingOutcome(benign, "f1").tone).toBe("truth");
    expect(markOutcome(benign, "m").word).toBe("Rightly dismissed");
  });

  it("are words on the images, not colours alone", () => {
    const given = feedback("hit", "f1");
    expect(feedbackMarks(given, null)[0]?.label).toBe("1 Hit");
    const outlines = feedbackOutlines(given);
    expect(outlines.map(({ view, label }) => [view, label])).toEqual([["left_cc", "Mass: Found"]]);
  });
});

const words = {
  finding_assessments: [
    { key: "4C", label: "High suspicion" },
    { key: "1", label: "Negative" },
  ],
  pathologies: [
    { key: "malignant", label: "Malignant" },
    { key: "none", label: "No lesion" },
  ],
} as unknown as Vocabulary;

describe("a finding in words", () => {
  it("says where it is, what it is called and what becomes of such findings", () => {
    expect(describeFinding(finding(true), words)).toBe(
      "Left breast, 2 o'clock, 40 mm from the nipple, shows as 9 mm. BI-RADS 4C (high suspicion), " +
        "malignant. Of such findings about 88 in 100 are cancer.",
    );
  });

  it("says how well each view shows it", () => {
    const [cc, mlo] = finding(true).views;
    if (!cc || !mlo) throw new Error("two views");
    const views = [cc, { ...mlo, dprime: 6.26, visible: true }];
    expect(describeDetectability({ ...finding(true), views })).toBe(
      "Detectability d′: L CC 2.0 (faint), L MLO 6.3 (plain).",
    );
    expect(describeDetectability({ ...finding(true), views: [mlo] })).toBe("");
  });

  it("gives no size to what no view shows and no risk that is not known", () => {
    const hidden = { ...finding(true), views: [], malignancy: null };
    expect(describeFinding(hidden, words)).toBe(
      "Left breast, 2 o'clock, 40 mm from the nipple. BI-RADS 4C (high suspicion), malignant.",
    );
  });

  it("gives no place to a fault of technique, nor an outline", () => {
    const fault = {
      ...finding(false),
      group: "technique",
      placed: false,
      reads_as: null,
      assessment: "1",
      pathology: "none",
      malignancy: 0,
    };
    expect(describeFinding(fault, words)).toBe("Left breast. BI-RADS 1 (negative).");
    const told = feedback("neutral", null, false);
    const shown = { ...told, truth: { ...told.truth, findings: [fault] } };
    expect(feedbackOutlines(shown)).toEqual([]);
    expect(findingOutcome(shown, "f1").word).toBe("Technique");
  });

  it("looks for what has no place of its own where it shows", () => {
    const hair = { ...finding(false), placed: false };
    const [cc] = hair.views;
    expect(cc && lookPoint(hair, cc)).toEqual([3, 8 / 3]);
    expect(cc && lookPoint(finding(true), cc)).toEqual([3, 3]);
  });

  it("outlines a finding in the one view that shows it", () => {
    const told = feedback("hit", "f1");
    const single = { ...finding(true), views: finding(true).views.slice(0, 1) };
    const shown = { ...told, truth: { ...told.truth, findings: [single] } };
    expect(feedbackOutlines(shown).map(({ view }) => view)).toEqual(["left_cc"]);
  });
});
