import { describe, expect, it } from "vitest";
import type { FindingTruth, Ladder, LadderStep } from "../api/types";
import { detectability, isWanting, tellProgress, variantOf } from "./ladder";

const frame = (name: string) => ({ url: name, bytes: 1, sha256: name, encoding: "" });
const step = (density: LadderStep["density"], change: Partial<LadderStep> = {}): LadderStep => ({
  density,
  state: "queued",
  progress: 0,
  stage: "",
  reason: "",
  views: [],
  base_frames: {},
  findings: [],
  ...change,
});
const ladder = (...steps: LadderStep[]): Ladder => ({ steps });

describe("density ladder", () => {
  it("tells how far it is", () => {
    const own = step("A", { state: "own" });
    expect(tellProgress(ladder(own, step("B", { state: "absent" })))).toBe("");
    expect(tellProgress(ladder(own, step("B"), step("C")))).toMatch(/Waiting/);
    const running = step("B", { state: "running", progress: 0.42 });
    expect(tellProgress(ladder(own, running))).toBe("Making density B: 42 %.");
    expect(tellProgress(ladder(own, running, step("C"), step("D")))).toMatch(/2 more to come/);
  });

  it("tells why a step failed, and that asking again may help", () => {
    const failed = step("D", { state: "failed", reason: "Out of memory." });
    expect(tellProgress(ladder(failed))).toBe("Density D could not be made: Out of memory.");
    expect(isWanting(failed)).toBe(true);
    expect(isWanting(step("D"))).toBe(false);
  });

  it("pairs each view with what it looks like without the finding", () => {
    const view = { key: "left_cc", frame: frame("full") } as LadderStep["views"][number];
    const other = { key: "right_cc", frame: frame("right") } as LadderStep["views"][number];
    const done = step("C", { state: "done", views: [view, other], base_frames: { left_cc: frame("base") } });
    expect(variantOf(done)).toEqual({
      left_cc: { full: frame("full"), base: frame("base") },
      right_cc: { full: frame("right"), base: null },
    });
    expect(variantOf(step("A", { state: "own" }))).toBeNull();
  });

  it("adds detectability up over the views that show the finding", () => {
    const shown = (...dprimes: (number | null)[]): LadderStep =>
      step("B", {
        findings: [
          { id: "f1", views: dprimes.map((dprime) => ({ dprime, visible: dprime !== 0.1 })) },
        ] as unknown as FindingTruth[],
      });
    expect(detectability(shown(3, 4), "f1")).toBe(5);
    expect(detectability(shown(3, 0.1), "f1")).toBe(3);
    expect(detectability(shown(0.1, 0.1), "f1")).toBe(0);
    expect(detectability(shown(null), "f1")).toBeNull();
    expect(detectability(shown(3), "f2")).toBeNull();
  });
});
