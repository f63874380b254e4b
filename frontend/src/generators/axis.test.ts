import { describe, expect, it } from "vitest";
import { axisAround, roundStep, tickText } from "./axis";

describe("an axis around values", () => {
  it("steps by round numbers", () => {
    expect(roundStep(4)).toBe(1);
    expect(roundStep(0.5)).toBeCloseTo(0.2);
    expect(roundStep(13)).toBe(5);
    expect(roundStep(37)).toBe(10);
  });

  it("holds every value inside its range", () => {
    const values = [0.51, 0.65, 0.8, 0.83];
    const axis = axisAround(values, [10, 210]);
    for (const value of values) {
      expect(axis.at(value)).toBeGreaterThanOrEqual(10);
      expect(axis.at(value)).toBeLessThanOrEqual(210);
    }
    expect(axis.ticks.map((tick) => tickText(tick, axis.step))).toEqual(["0.5", "0.6", "0.7", "0.8", "0.9"]);
  });

  it("begins at 0 where the values reach near it", () => {
    expect(axisAround([1, 3, 9], [0, 100]).at(0)).toBe(0);
    expect(axisAround([0.7, 0.8], [0, 100]).at(0)).toBeLessThan(0);
  });

  it("has room around a single value", () => {
    for (const value of [0, 0.5, -3]) {
      const axis = axisAround([value], [0, 100]);
      expect(axis.at(value)).toBeGreaterThan(0);
      expect(axis.at(value)).toBeLessThan(100);
    }
  });

  it("writes ticks without false digits, and minus as minus", () => {
    expect(tickText(-0.2, 0.1)).toBe("−0.2");
    expect(tickText(-0.0000001, 0.1)).toBe("0.0");
    expect(tickText(3000, 1000)).toBe("3,000");
  });
});
