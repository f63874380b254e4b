import { describe, expect, it } from "vitest";
import { describePrevalence, describeReader, write, writeChange, writeInterval, writeP } from "./cohort";

describe("figures of a cohort", () => {
  it("writes shares in percent and areas with two digits", () => {
    expect(write(0.857, "share")).toBe("86 %");
    expect(write(0.857, "number")).toBe("0.86");
    expect(write(-0.1, "number")).toBe("−0.10");
    expect(writeInterval({ value: 0.5, low: 0.301, high: 0.699 }, "share")).toBe("30–70 %");
    expect(writeInterval({ value: null, low: null, high: null }, "share")).toBeNull();
  });

  it("tells a change with its sign, its interval and what a test says", () => {
    const change = { value: 0.13, low: -0.05, high: 0.31 };
    expect(writeChange({ ...change, p: null }, "share")).toBe("+13 points (−5 to +31)");
    expect(writeChange({ ...change, p: 0.0517 }, "number")).toBe("+0.13 (−0.05 to +0.31), p = 0.052");
    expect(writeChange({ value: null, low: null, high: null, p: null }, "share")).toBe(
      "Not enough readings",
    );
    expect(writeP(0.0000004)).toBe("p < 0.001");
    expect(writeP(0.42)).toBe("p = 0.42");
  });

  it("says of the criterion only what its whole interval says", () => {
    const criterion = { mean: 0.5, low: 0.1, high: 0.9, n: 40, enough: true };
    expect(describeReader(criterion)).toContain("too readily");
    expect(describeReader({ ...criterion, low: -0.9, high: -0.1 })).toContain("too rarely");
    expect(describeReader({ ...criterion, low: -0.1 })).toContain("No sign");
    expect(describeReader({ ...criterion, mean: null, low: null, high: null, enough: false })).toBe(
      "Not enough answers",
    );
  });

  it("makes no prevalence of one reading", () => {
    expect(describePrevalence({ readings: 1, positives: 1, prevalence: null })).not.toContain("%");
    expect(describePrevalence({ readings: 40, positives: 10, prevalence: 0.25 })).toContain(
      "10 of 40 readings",
    );
  });
});
