import { describe, expect, it } from "vitest";
import { STEPS, stepOf } from "./scale";
import { Stopwatch } from "./stopwatch";

describe("the scale", () => {
  it("runs from 0 to 100 and takes a side at every step", () => {
    expect(STEPS.map(({ rating }) => rating)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(STEPS.map(({ key }) => key).join("")).toBe("123456");
  });

  it.each([
    [0, "surelySynthetic"],
    [49, "ratherSynthetic"],
    [51, "ratherReal"],
    [95, "surelyReal"],
  ])("finds the words of %i", (rating, label) => {
    expect(stepOf(rating).label).toBe(label);
  });
});

describe("the stopwatch", () => {
  it("does not count while the page is hidden", () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    now = 5000;
    expect(watch.seconds).toBe(0);
    watch.begin(false);
    now = 8000;
    watch.look(false);
    expect(watch.seconds).toBe(3);
    watch.look(true);
    now = 60_000;
    expect(watch.seconds).toBe(3);
    watch.look(false);
    now = 61_500;
    expect(watch.seconds).toBe(4.5);
  });

  it("does not count before the image is there", () => {
    let now = 0;
    const watch = new Stopwatch(() => now);
    watch.look(true);
    watch.look(false);
    now = 5000;
    expect(watch.seconds).toBe(0);
    watch.begin(true);
    now = 8000;
    expect(watch.seconds).toBe(0);
    watch.look(false);
    now = 9000;
    expect(watch.seconds).toBe(1);
  });
});
