import { describe, expect, it } from "vitest";
import { describeCriterion, formatEstimate, prevalenceText, surely } from "./format";

describe("figures in words", () => {
  it("give no number to an ability below the minimum of answers", () => {
    const estimate = { mean: -0.7, low: -2.5, high: 1.1 };
    expect(formatEstimate({ ...estimate, n: 9, enough: false })).toBe("Not enough answers");
    expect(formatEstimate({ ...estimate, n: 10, enough: true })).toBe("−0.70 (−2.50 to +1.10)");
  });

  it("never call a probability certain", () => {
    expect([0.9999, 0.62, 0.0001].map(surely)).toEqual(["> 99 %", "62 %", "< 1 %"]);
  });

  it("say how enriched the practice was, and say it sensibly of none", () => {
    expect(prevalenceText(null)).toBeNull();
    expect(prevalenceText(0)).toContain("none of those read so far held");
    expect(prevalenceText(0.4)).toContain("40 % of those read held");
  });

  it("say of the criterion only what its whole interval says", () => {
    const of = (low: number, high: number, n = 30) =>
      describeCriterion({ mean: (low + high) / 2, low, high, n, enough: n >= 10 });
    expect(of(0.1, 0.9)).toBe("You recall more than your skill warrants.");
    expect(of(-0.9, -0.1)).toBe("You recall less than your skill warrants.");
    expect(of(-0.2, 0.4)).toContain("Nothing says");
    expect(of(0.1, 0.9, 5)).toContain("Not enough readings");
  });
});
