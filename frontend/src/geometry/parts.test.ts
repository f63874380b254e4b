import { describe, expect, it } from "vitest";
import { distanceMm } from "./measure";
import { partsOf } from "./parts";
import { canvasPx, imagePoint, imagePx, mm } from "./units";

const extent = { depth: mm(100), top: mm(20), bottom: mm(200) };
const pane = (width: number, height: number) => ({ width: canvasPx(width), height: canvasPx(height) });

describe("parts of a breast", () => {
  it("are one where the pane holds it all: chest wall at the edge, its middle in the middle", () => {
    expect(partsOf(extent, 10, pane(1200, 2000))).toEqual([{ depth: 60, down: 110 }]);
  });

  it("are quadrants where the pane holds half each way, out to the nipple and back", () => {
    expect(partsOf(extent, 10, pane(600, 1000))).toEqual([
      { depth: 30, down: 70 },
      { depth: 70, down: 70 },
      { depth: 70, down: 150 },
      { depth: 30, down: 150 },
    ]);
  });

  it("leave nothing out and nothing beyond the edges", () => {
    const size = pane(430, 310);
    const parts = partsOf(extent, 10, size);
    const [wide, high] = [43, 31];
    for (let depth = 0.5; depth < 100; depth += 1) {
      for (let down = 20.5; down < 200; down += 1) {
        const seen = parts.some(
          (part) => Math.abs(part.depth - depth) <= wide / 2 && Math.abs(part.down - down) <= high / 2,
        );
        expect(seen).toBe(true);
      }
    }
    expect(Math.min(...parts.map(({ depth }) => depth)) - wide / 2).toBeCloseTo(0, 9);
    expect(Math.max(...parts.map(({ down }) => down)) + high / 2).toBeCloseTo(200, 9);
  });
});

describe("ruler", () => {
  it("measures in millimetres", () => {
    const frame = { side: "left", width: imagePx(1000), height: imagePx(1000), pixelMm: mm(0.1) } as const;
    expect(distanceMm(imagePoint(100, 100), imagePoint(130, 140), frame)).toBeCloseTo(5, 9);
  });
});
