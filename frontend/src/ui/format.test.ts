import { describe, expect, it } from "vitest";
import { formatEstimate, prevalenceText } from "./format";

describe("figures in words", () => {
  it("give no number to an ability below the minimum of answers", () => {
    const estimate = { mean: -0.7, low: -2.5, high: 1.1 };
    expect(formatEstimate({ ...estimate, n: 9, enough: false })).toBe("Not enough answers");
    expect(formatEstimate({ ...estimate, n: 10, enough: true })).toBe("−0.70 (−2.50 to +1.10)");
  });

  it("say how enriched the practice was, and say it sensibly of none", () => {
    expect(prevalenceText(null)).toBeNull();
    expect(prevalenceText(0)).toContain("none of the cases read so far held");
    expect(prevalenceText(0.4)).toContain("40 % of the cases read held");
  });
});
