import { describe, expect, it } from "vitest";
import { t } from "../i18n/translate";
import { EXPLAINED, FIRST_CHOICE, startOf, WAYS } from "./ways";

describe("what starting practice asks for", () => {
  it("is adaptive practice by itself", () => {
    expect(startOf(FIRST_CHOICE)).toEqual({ mode: "practice", focus: "adaptive" });
  });
  it("names a finding or a tier only where one is practised", () => {
    const chosen = { finding: "distortion", tier: 4 } as const;
    expect(startOf({ way: "finding", ...chosen })).toEqual({
      mode: "practice",
      focus: "finding",
      finding: "distortion",
    });
    expect(startOf({ way: "tier", ...chosen })).toEqual({
      mode: "practice",
      focus: "tier",
      tier: 4,
    });
    expect(startOf({ way: "weakness", ...chosen })).toEqual({
      mode: "practice",
      focus: "weakness",
    });
  });
  it("keeps an assessment apart from practice", () => {
    expect(startOf({ ...FIRST_CHOICE, way: "assessment" })).toEqual({ mode: "assessment" });
  });
  it("explains every way", () => {
    const texts = WAYS.map(({ value }) => t(EXPLAINED[value]));
    for (const text of texts) expect(text).toMatch(/\.$/);
    expect(new Set(texts).size).toBe(WAYS.length);
  });
});
