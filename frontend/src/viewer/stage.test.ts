import { describe, expect, it } from "vitest";
import { imageToSide, type ImageFrame } from "../geometry/camera";
import { canvasPx, imagePoint, imagePx, mm } from "../geometry/units";
import { Attention } from "./attention";
import { Cameras } from "./cameras";
import { Crosshair } from "./crosshair";
import { FOUR_UP, HANGINGS, neighbour, sideOf, stepHanging, VIEW_KEYS, type ViewKey } from "./hanging";
import { commandOf, VIEWER_KEYS } from "./keys";
import { placeLabel } from "./overlay";
import type { ViewSource } from "./source";

const frame = (key: ViewKey): ImageFrame => ({
  side: sideOf(key),
  width: imagePx(1792),
  height: imagePx(2304),
  pixelMm: mm(0.1),
});
const pane = { width: canvasPx(600), height: canvasPx(500) };
const views: ViewSource[] = VIEW_KEYS.map((key) => ({
  key,
  frame: frame(key),
  window: { center: 2000, width: 2000 },
  data: { url: "", bytes: 0, sha256: "", encoding: "" },
  previewUrl: null,
}));
const makeCameras = (): Cameras => {
  const cameras = new Cameras(new Map(VIEW_KEYS.map((key) => [key, frame(key)])));
  cameras.fit([...VIEW_KEYS], pane);
  return cameras;
};
const press = (key: string, shiftKey = false) =>
  commandOf({ key, shiftKey, ctrlKey: false, altKey: false, metaKey: false });

describe("hanging", () => {
  it("puts right breasts on the left, chest walls inwards, CC over MLO", () => {
    expect(FOUR_UP.rows).toEqual([
      ["right_cc", "left_cc"],
      ["right_mlo", "left_mlo"],
    ]);
  });

  it("steps through all hangings and around", () => {
    let hanging = FOUR_UP;
    for (let step = 0; step < HANGINGS.length; step++) hanging = stepHanging(hanging, 1);
    expect(hanging).toBe(FOUR_UP);
    expect(stepHanging(FOUR_UP, -1).key).toBe("left_mlo");
  });

  it("knows neighbours", () => {
    expect(neighbour(FOUR_UP, "right_cc", 1, 0)).toBe("left_cc");
    expect(neighbour(FOUR_UP, "right_cc", 0, 1)).toBe("right_mlo");
    expect(neighbour(FOUR_UP, "right_cc", -1, 0)).toBeNull();
  });
});

describe("cameras", () => {
  it("mirror a pan between the breasts", () => {
    const cameras = makeCameras();
    const before = cameras.get("right_cc").depth;
    cameras.pan("left_cc", -60, 0);
    // Pulled left, the left breast shows deeper tissue, and so does the right one.
    expect(cameras.get("left_cc").depth).toBeGreaterThan(before);
    expect(cameras.get("right_cc").depth).toBeCloseTo(cameras.get("left_cc").depth, 9);
  });

  it("move one view alone when not synchronised, at one scale still", () => {
    const cameras = makeCameras();
    cameras.synchronised = false;
    const still = cameras.get("right_mlo");
    cameras.pan("left_cc", 0, -40);
    expect(cameras.get("right_mlo")).toEqual(still);
    cameras.zoom("left_cc", { depth: mm(40), down: mm(100) }, 9);
    expect(new Set(VIEW_KEYS.map((key) => cameras.get(key).scale))).toEqual(new Set([9]));
  });

  it("fit the exam before too while it hangs beside, at one scale", () => {
    const cameras = makeCameras();
    const tall = { depth: mm(100), top: mm(0), bottom: mm(300) };
    for (const key of VIEW_KEYS) cameras.setExtent(key, { ...tall, bottom: mm(150) });
    cameras.setExtentBefore("left_cc", tall);
    cameras.fit([...VIEW_KEYS], pane);
    const alone = cameras.scale;
    cameras.withBefore = true;
    cameras.fit([...VIEW_KEYS], pane);
    expect(cameras.scale).toBeCloseTo(alone / 2, 9);
    expect(new Set(VIEW_KEYS.map((key) => cameras.get(key).scale)).size).toBe(1);
  });

  it("never lose the image out of sight", () => {
    const cameras = makeCameras();
    cameras.zoom("left_cc", { depth: mm(40), down: mm(100) }, 10);
    cameras.pan("left_cc", 0, 1e6);
    expect(cameras.get("left_cc").down).toBe(0);
  });
});

describe("crosshair", () => {
  it("appears first, then steps by a millimetre and crosses to the neighbour", () => {
    const crosshair = new Crosshair([...views].reverse());
    expect(crosshair.view).toBe("right_cc");
    crosshair.move(1, 0, FOUR_UP, 0);
    const start = crosshair.point.x;
    crosshair.move(1, 0, FOUR_UP, 1000);
    expect(crosshair.point.x - start).toBe(10);
    crosshair.put("right_cc", imagePoint(1788, 900));
    crosshair.move(1, 0, FOUR_UP, 2000);
    expect(crosshair.view).toBe("left_cc");
    expect(imageToSide(crosshair.point, frame("left_cc")).depth).toBeCloseTo(0.05, 9);
  });

  it("hurries while a key is held", () => {
    const crosshair = new Crosshair(views);
    crosshair.put("left_cc", imagePoint(100, 100));
    for (let step = 0; step < 20; step++) crosshair.move(1, 0, FOUR_UP, 5000 + 30 * step);
    expect(crosshair.point.x - 100).toBeGreaterThan(20 * 10);
  });
});

describe("keys", () => {
  it("mean what the key map says", () => {
    expect(press("M", true)).toEqual({ do: "place" });
    expect(press(" ", true)).toEqual({ do: "step", by: -1 });
    expect(press("ArrowLeft")).toEqual({ do: "cross", right: -1, down: 0 });
    expect(press("ArrowLeft", true)).toEqual({ do: "pan", right: -1, down: 0 });
    expect(press("3")).toEqual({ do: "hang", key: "mlo" });
    expect(press("x")).toBeNull();
  });

  it("leave the browser's own shortcuts alone", () => {
    expect(commandOf({ key: "r", shiftKey: false, ctrlKey: true, altKey: false, metaKey: false })).toBeNull();
  });

  it("all stand in the key map", () => {
    const names: Readonly<Record<string, string>> = { " ": "Space", "=": "+", _: "-" };
    for (const { keys, shown } of VIEWER_KEYS) {
      for (const key of keys) {
        const name = key.startsWith("Arrow") ? "Arrow keys" : (names[key] ?? key);
        expect(shown.toLowerCase()).toContain(name.toLowerCase());
      }
    }
  });

  it("have one meaning each", () => {
    const keys = VIEWER_KEYS.flatMap((binding) => binding.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("attention", () => {
  const pixels = new Uint16Array(28 * 36);
  for (let y = 0; y < 36; y++) for (let x = 0; x < 14; x++) pixels[y * 28 + x] = 2000;
  const level = { width: 28, height: 36, shrink: 64, pixels };
  const pyramid = { levels: [level], air: 0, full: true };

  it("adds up dwell and the share of breast seen at 1:1, across a reload", () => {
    const first = new Attention();
    first.learnTissue("left_cc", pyramid);
    first.spend("left_cc", 500);
    first.noteMark();
    first.see("left_cc", frame("left_cc"), imagePoint(0, 0), imagePoint(896, 1152), 250);
    const second = new Attention(structuredClone(first.state));
    second.learnTissue("left_cc", pyramid);
    second.spend(null, 250);
    second.noteMark();
    const { cells, ...view } = second.log.views.left_cc;
    expect(view).toEqual({ dwell_ms: 500, seen_1to1: 0.5 });
    expect(cells[0]).toEqual([0, 0, 250]);
    expect(cells.every(([column, row, ms]) => column < 14 && row < 18 && ms === 250)).toBe(true);
    expect(second.log.first_mark_ms).toBe(500);
    expect(second.log.total_ms).toBe(750);
  });

  it("counts no air and never more than all", () => {
    const attention = new Attention();
    attention.learnTissue("left_cc", pyramid);
    attention.see("left_cc", frame("left_cc"), imagePoint(-50, -50), imagePoint(1792, 2304), 250);
    expect(attention.log.views.left_cc.seen_1to1).toBe(1);
  });
});

describe("labels of outlines", () => {
  const size = { width: 500, height: 400, rem: 15 };

  it("stand under their outline, or above it at the bottom, whole inside the pane", () => {
    expect(placeLabel([{ x: 240, y: 200 }, { x: 260, y: 240 }], 10, size)).toEqual({ x: 250, y: 258 });
    const cut = placeLabel([{ x: 2, y: 360 }, { x: 12, y: 390 }], 20, size);
    expect(cut?.x).toBeGreaterThan(70);
    expect(cut?.y).toBe(352);
    expect(placeLabel([{ x: 250, y: 5 }, { x: 250, y: 399 }], 10, size)?.y).toBe(15);
    expect(placeLabel([{ x: 495, y: 90 }], 20, size)?.x).toBeLessThan(430);
  });

  it("go with an outline that is panned out of sight", () => {
    expect(placeLabel([{ x: -30, y: 90 }, { x: -10, y: 100 }], 10, size)).toBeNull();
    expect(placeLabel([{ x: 30, y: 500 }], 10, size)).toBeNull();
  });
});
