import { describe, expect, it } from "vitest";
import { keepScale, RATING_STEPS, ratingOf, readScale, stepOf } from "./rating";

describe("the five-step scale", () => {
  it("stands for fifths of 0 to 100", () => {
    expect([0, 19, 20, 50, 79, 80, 100].map(stepOf)).toEqual(["1", "1", "2", "3", "4", "5", "5"]);
    for (const step of RATING_STEPS) expect(stepOf(ratingOf(step))).toBe(step);
  });

  it("is remembered, and its lack does no harm", () => {
    const kept = new Map<string, string>();
    const store = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    expect(readScale(store)).toBe("hundred");
    keepScale("five", store);
    expect(readScale(store)).toBe("five");
    const closed = {
      getItem: () => {
        throw new Error("closed");
      },
      setItem: () => {
        throw new Error("closed");
      },
    };
    keepScale("five", closed);
    expect(readScale(closed)).toBe("hundred");
  });
});
