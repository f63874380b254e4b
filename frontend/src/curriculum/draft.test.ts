import { describe, expect, it } from "vitest";
import { ApiError } from "../api/client";
import type { Curriculum, CurriculumDefaults } from "../api/types";
import { bodyOf, draftOf, errorsOf, sameCohorts } from "./draft";

const limit = (value: number) => ({ default: value, lowest: 0, highest: 9, whole: false });
const DEFAULTS: CurriculumDefaults = {
  competencies: ["mass", "density"].map((competency) => ({
    competency,
    label: competency,
    target: 1,
    tiers: [1, 2, 3, 4, 5],
    required: false,
  })),
  training: { weight: limit(1), first_tier: limit(1), last_tier: limit(5), target_offset: limit(0) },
  rule: {
    probability: limit(0.95),
    items: limit(20),
    neutral: limit(0.8),
    neutral_probability: limit(0.5),
    tier_probability: limit(0.8),
  },
  minimum_n: 10,
};
const SAVED: Curriculum = {
  id: 4,
  institution: { id: 1, name: "County" },
  name: "First year",
  version: 3,
  updated_by: null,
  updated_at: "2026-11-25T09:00:00Z",
  archived_at: null,
  competencies: { mass: { weight: 2.5, first_tier: 2, last_tier: 4, target_offset: -0.25 } },
  rule: { probability: 0.9, items: 30, neutral: 0.5, neutral_probability: 0.6, tier_probability: 0.7 },
  cohorts: [{ id: 8, name: "Residents" }],
  may_edit: true,
  warnings: [],
};

describe("a curriculum being edited", () => {
  it("begins with everything and the defaults", () => {
    const body = bodyOf(draftOf(DEFAULTS, null));
    expect(Object.keys(body.competencies)).toEqual(["mass", "density"]);
    expect(body.rule).toEqual({
      probability: 0.95,
      items: 20,
      neutral: 0.8,
      neutral_probability: 0.5,
      tier_probability: 0.8,
    });
  });

  it("is sent as it was read where nothing is changed", () => {
    const draft = draftOf(DEFAULTS, SAVED);
    const { name, competencies, rule } = SAVED;
    expect(bodyOf(draft)).toEqual({ name, competencies, rule });
    expect(draft.cohorts).toEqual([8]);
  });

  it("takes a decimal comma, and leaves an empty field to the server", () => {
    const draft = draftOf(DEFAULTS, SAVED);
    const body = bodyOf({ ...draft, rule: { ...draft.rule, probability: "0,97", items: " " } });
    expect(body.rule).toMatchObject({ probability: 0.97, items: null });
  });

  it("finds each error's field", () => {
    const body = { name: ["Needed."], competencies: { mass: { weight: ["Too large."] } } };
    expect(errorsOf(new ApiError(400, body))).toEqual(
      new Map([
        ["name", "Needed."],
        ["competencies.mass.weight", "Too large."],
      ]),
    );
    expect(errorsOf(new ApiError(409, { detail: "Stale." }))).toBeNull();
  });

  it("knows whether cohorts were changed", () => {
    expect(sameCohorts([1, 2], [2, 1])).toBe(true);
    expect(sameCohorts([1], [2])).toBe(false);
    expect(sameCohorts([1], [])).toBe(false);
  });
});
