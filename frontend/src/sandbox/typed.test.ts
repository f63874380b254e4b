import { describe, expect, it } from "vitest";
import { settle, standing, typeIn } from "./typed";

const RANGE = { low: 3, high: 50 };

describe("a number that is typed", () => {
  it("is asked for once it lies in the range, and stays as it was typed", () => {
    expect(typeIn("1", RANGE)).toEqual({ text: "1", asked: null });
    expect(typeIn("12", RANGE)).toEqual({ text: "12", asked: 12 });
    expect(typeIn("", RANGE)).toEqual({ text: "", asked: null });
    expect(typeIn("120", RANGE)).toEqual({ text: "120", asked: null });
  });

  it("is brought into the range only when it is left", () => {
    expect(settle("1", RANGE)).toBe(3);
    expect(settle("120", RANGE)).toBe(50);
    expect(settle("12", RANGE)).toBe(12);
    expect(settle("", RANGE)).toBeNull();
    expect(settle("e", RANGE)).toBeNull();
  });

  it("stands while the server works, and then only where the server agreed", () => {
    const typed = typeIn("12.5", RANGE);
    expect(standing(typed, 10, true)).toBe(typed);
    expect(standing(typed, 12.5, false)).toBe(typed);
    expect(standing(typed, 10, false)).toBeNull();
    const half = typeIn("1", RANGE);
    expect(standing(half, 10, false)).toBe(half);
    expect(standing(null, 10, false)).toBeNull();
  });
});
