import { describe, expect, it } from "vitest";
import { KeptFrames } from "./kept-frames";

describe("kept frames", () => {
  it("are handed over once", () => {
    const kept = new KeptFrames<string>(100);
    kept.keep("a", "picture", 40);
    expect(kept.take("a")).toBe("picture");
    expect(kept.take("a")).toBeNull();
    expect(kept.bytes).toBe(0);
  });

  it("never hold more than they may; the oldest go", () => {
    const kept = new KeptFrames<number>(100);
    for (const key of ["a", "b", "c", "d"]) kept.keep(key, 1, 40);
    expect(["a", "b", "c", "d"].filter((key) => kept.has(key))).toEqual(["c", "d"]);
    expect(kept.bytes).toBe(80);
    kept.keep("d", 2, 30);
    expect(kept.bytes).toBe(70);
    kept.keep("huge", 3, 101);
    expect(kept.bytes).toBe(0);
  });
});
