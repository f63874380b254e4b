import { describe, expect, it } from "vitest";
import type { Feedback, FindingTruth, MarkOutcome } from "../api/types";
import { addMark, EMPTY_ANSWERS } from "../reading/answers";
import { feedbackMarks, feedbackOutlines, findingOutcome, markOutcome } from "./shapes";

const finding = (actionable: boolean): FindingTruth => ({
  id: "f1",
  kind: "mass",
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
  base_frames: {},
  abilities: [],
  next: { text: "" },
});

describe("outcomes", () => {
  it("tell a hit from a miss", () => {
    expect(findingOutcome(feedback("hit", "f1"), "f1").word).toBe("Found");
    expect(findingOutcome(feedback("false_positive", null), "f1").word).toBe("Missed");
    expect(markOutcome(feedback("false_positive", null), "m")).toEqual({ tone: "false", word: "False mark" });
  });

  it("tell a lesion that was seen and dismissed", () => {
    const dismissed = feedback("neutral", "f1");
    expect(findingOutcome(dismissed, "f1")).toEqual({ tone: "miss", word: "Seen, but dismissed" });
    expect(markOutcome(dismissed, "m").word).toBe("Seen, wrongly dismissed");
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
