import { describe, expect, it } from "vitest";
import { formatArea, formatDifference, formatReliability } from "./figures";

const few = { value: null, low: null, high: null, enough: false };

describe("figures of a test set", () => {
  it("come with their interval and the cases behind them", () => {
    const area = { value: 0.874, low: 0.75, high: 0.99, n_positive: 15, n_negative: 15, enough: true };
    expect(formatArea(area)).toEqual({
      value: "0.87",
      detail: "95 % interval 0.75–0.99, 15 + 15 cases",
    });
    expect(formatReliability({ value: 0.7, low: 0.5, high: 0.8, n: 25, enough: true })).toBe(
      "0.70 (0.50 to 0.80), 25 readers",
    );
  });
  it("rise and fall in points of a hundred, areas as they are", () => {
    const difference = { value: 0.12, low: -0.05, high: 0.29, enough: true };
    expect(formatDifference(difference, "share")).toBe("+12 points (−5 to +29)");
    expect(formatDifference(difference, "area")).toBe("+0.12 (−0.05 to +0.29)");
  });
  it("say so where there is too little", () => {
    expect(formatDifference(few, "area")).toBe("Not enough readings");
    expect(formatArea({ ...few, n_positive: 3, n_negative: 15 })).toEqual({
      value: "Not enough readings",
      detail: "3 + 15 cases",
    });
    expect(formatReliability({ ...few, n: 3 })).toBe("Not enough readers (n = 3)");
  });
});
