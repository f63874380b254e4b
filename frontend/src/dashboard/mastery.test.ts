import { describe, expect, it } from "vitest";
import type { MasteryRow, Milestone } from "../api/types";
import { describeOpening, listMissing } from "./MasterySection";
import { describeMilestone } from "./MilestoneTable";

const condition = { chance: 0.62, probability: 0.95, n: 12, items: 20, missing: [] };
const row = (part: Partial<MasteryRow>): MasteryRow => ({
  competency: "mass",
  label: "Masses",
  mastered: false,
  condition,
  stand: { tiers: [1, 2, 3], passed: 1, current: 2 },
  opens: { ...condition, probability: 0.8, items: 10, missing: ["ability"] },
  ready: true,
  ...part,
});

describe("what is said of mastery", () => {
  it("names what is missing, each with how far it is", () => {
    const missing = { ...condition, missing: ["answers", "ability", "criterion"] as const };
    expect(listMissing(row({ condition: { ...missing, missing: [...missing.missing] } }), 10)).toEqual([
      "12 of 20 answers",
      "62 % sure that the goal is reached, 95 % needed",
      "your criterion must be nearer 0",
    ]);
  });

  it("gives no chance below the minimum of answers", () => {
    const few = { ...condition, chance: null, n: 4 };
    expect(listMissing(row({ condition: few }), 10)).toEqual([
      "Not enough readings: 4 of 10 answers for an estimate.",
    ]);
    expect(describeOpening(row({ opens: few }), 10)).toContain("4 so far");
  });

  it("says what opens the next tier, and of the last one what passes it", () => {
    expect(describeOpening(row({}), 10)).toBe(
      "Tier 3 opens when you are right on 8 in 10 of tier 2: 62 % sure, 80 % needed.",
    );
    const last = { tiers: [1, 2, 3], passed: 2, current: 3 };
    expect(describeOpening(row({ stand: last }), 10)).toContain("Tier 3 is passed when");
    expect(describeOpening(row({ opens: null }), 10)).toBe("All tiers passed");
    expect(describeOpening(row({ stand: null }), 10)).toContain("Density");
    const biased = { ...condition, chance: 0.9, missing: ["criterion" as const] };
    expect(describeOpening(row({ opens: biased }), 10)).toContain("criterion");
  });
});

describe("a suggested level", () => {
  const suggested = (low: number | null, high: number | null, lacking: string[] = []): Milestone => ({
    milestone: "finding",
    label: "Finding what matters",
    low,
    high,
    lacking,
  });
  it("comes with its range, or with what it lacks", () => {
    expect(describeMilestone(suggested(3, 3))).toBe("Level 3");
    expect(describeMilestone(suggested(2, 4))).toContain("range from 2 to 4");
    expect(describeMilestone(suggested(null, null, ["Masses"]))).toBe(
      "Not enough readings yet: Masses",
    );
  });
});
