import { describe, expect, it } from "vitest";
import type { SessionCase, SessionReport } from "../api/types";
import { countSession, tellCase, tellImprovement, tellWork } from "./summary";

const row = (change: Partial<SessionCase> = {}): SessionCase => ({
  reading: "r",
  position: 1,
  submitted_at: "",
  minutes: 2,
  positive: true,
  recall_correct: true,
  density_correct: false,
  lesions: 1,
  lesions_found: 1,
  false_marks: 0,
  missed: [],
  ...change,
});

describe("session in words", () => {
  it("counts what happened", () => {
    const cases = [row(), row({ lesions: 2, false_marks: 3, recall_correct: false })];
    const counted = countSession({ cases, minutes: 63 } as unknown as SessionReport);
    expect(counted.map(({ value }) => value)).toEqual([
      "2", "1 h 3 min", "1 of 2", "2 of 3", "3", "0 of 2",
    ]);
  });

  it("does not count lesions where there were none", () => {
    const cases = [row({ lesions: 0, lesions_found: 0 })];
    const counted = countSession({ cases, minutes: 0.4 } as unknown as SessionReport);
    expect(counted[3]?.value).toBe("none to find");
    expect(counted[1]?.value).toBe("< 1 min");
  });

  it("says why a case is worth another look", () => {
    expect(tellCase(row({ missed: ["Mass"], recall_correct: false }))).toBe("Missed: mass; sent home.");
    expect(tellCase(row({ positive: false, recall_correct: false }))).toBe("Recalled without need.");
  });

  it("tells change and work with their numbers", () => {
    const competency = { competency: "mass", label: "Masses", asked: 3, right: 1, change: 0.127 };
    expect(tellImprovement(competency)).toBe("Masses: +0.13");
    expect(tellWork(competency)).toBe("Masses: 1 of 3 right");
  });
});
