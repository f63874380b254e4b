import { describe, expect, it } from "vitest";
import { canvasPx, imagePx, mm } from "../geometry/units";
import { homeCamera, oneToOneScale, type ImageFrame } from "../geometry/camera";
import { buildLevels, findAir, findExtent, halve, pickLevel, type Level, type Pyramid } from "./pyramid";
import { applyLookup } from "./renderer";
import { resample } from "./resample";
import { buildLookup, changeWindow, greyOf, PRESETS, storedOf } from "./window";

const WIDTH = 80;
const HEIGHT = 120;

/** A bright half disc at the image's left, air elsewhere, with one marked pixel. */
function picture(): Level {
  const pixels = new Uint16Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      if (Math.hypot(x, y - 60) < 50) pixels[y * WIDTH + x] = 1000 + 10 * x;
    }
  }
  return { width: WIDTH, height: HEIGHT, shrink: 1, pixels };
}

const frame: ImageFrame = {
  side: "left",
  width: imagePx(WIDTH),
  height: imagePx(HEIGHT),
  pixelMm: mm(0.1),
};

describe("pyramid", () => {
  it("halves by the mean of four", () => {
    const level = { width: 2, height: 2, shrink: 1, pixels: Uint16Array.of(1, 2, 3, 6) };
    expect(halve(level)).toEqual({ width: 1, height: 1, shrink: 2, pixels: Uint16Array.of(3) });
  });

  it("takes the coarsest level that still resolves the canvas", () => {
    const pyramid = { levels: buildLevels(picture(), 10), air: 0, full: true };
    expect(pickLevel(pyramid, 1).shrink).toBe(1);
    expect(pickLevel(pyramid, 0.5).shrink).toBe(2);
    expect(pickLevel(pyramid, 0.3).shrink).toBe(2);
    expect(pickLevel(pyramid, 3).shrink).toBe(1);
  });

  it("finds air and the breast's extent in millimetres", () => {
    const level = picture();
    expect(findAir(level, "left")).toBe(0);
    const extent = findExtent(level, 0, "left", mm(0.1));
    expect(extent.depth).toBeCloseTo(5, 0);
    expect(extent.top).toBeCloseTo(1.1, 0);
    expect(extent.bottom).toBeCloseTo(11, 0);
  });
});

describe("window", () => {
  it("is DICOM's LINEAR function", () => {
    const window = { center: 2048, width: 4096 };
    expect(greyOf(0, window)).toBe(0);
    expect(greyOf(4095, window)).toBe(255);
    expect(greyOf(2047.5, window)).toBe(128);
    expect(greyOf(100, { center: 100, width: 2 })).toBe(255);
    expect(greyOf(99, { center: 100, width: 2 })).toBe(0);
  });

  it("is DICOM's SIGMOID function where asked", () => {
    const window = { center: 2000, width: 1000 };
    expect(greyOf(2000, window, "sigmoid")).toBe(128);
    expect(greyOf(2250, window, "sigmoid")).toBe(Math.round(255 / (1 + Math.exp(-1))));
    expect(greyOf(0, window, "sigmoid")).toBe(0);
    // Where LINEAR has reached white, SIGMOID still tells two values apart.
    expect(greyOf(2500, window)).toBe(255);
    expect(greyOf(2500, window, "sigmoid")).toBeLessThan(greyOf(2700, window, "sigmoid"));
    expect(buildLookup(window, 12, true, "sigmoid")[12]).toBe(0xff000000);
  });

  it("undoes itself between black and white", () => {
    const window = { center: 1900, width: 2600 };
    for (const stored of [700, 1900, 3100]) {
      expect(Math.abs(storedOf(greyOf(stored, window), window) - stored)).toBeLessThan(6);
    }
  });

  it("keeps air black, inverted or not", () => {
    const window = { center: 2000, width: 2000 };
    const plain = buildLookup(window, 12, false);
    const inverted = buildLookup(window, 12, true);
    expect(plain[12]).toBe(0xff000000);
    expect(inverted[12]).toBe(0xff000000);
    expect(inverted[13]).toBe(0xffffffff);
    expect(inverted[4095]).toBe(0xff000000);
  });

  it("changes every view's own window alike", () => {
    const dense = PRESETS[1]?.change ?? { shift: 0, stretch: 1 };
    const narrow = changeWindow({ center: 1000, width: 2000 }, dense);
    expect(narrow.width).toBeLessThan(2000);
    expect(changeWindow({ center: 1000, width: 2000 }, { shift: 0, stretch: 1 })).toEqual({
      center: 1000,
      width: 2000,
    });
  });
});

describe("resampling", () => {
  const level = picture();
  const pyramid: Pyramid = { levels: buildLevels(level, 10), air: 0, full: true };
  const extent = { depth: mm(8), top: mm(0), bottom: mm(12) };

  it("copies pixels at 1:1", () => {
    const pane = { width: canvasPx(WIDTH), height: canvasPx(HEIGHT) };
    const out = new Uint16Array(WIDTH * HEIGHT);
    resample(pyramid, frame, homeCamera(oneToOneScale(frame), extent, pane), pane, out);
    expect(out).toEqual(level.pixels);
  });

  it("leaves black outside the image", () => {
    const pane = { width: canvasPx(300), height: canvasPx(HEIGHT) };
    const out = new Uint16Array(300 * HEIGHT).fill(7);
    resample(pyramid, frame, homeCamera(oneToOneScale(frame), extent, pane), pane, out);
    expect(out[60 * 300 + 10]).toBe(1100);
    expect(out[60 * 300 + 200]).toBe(0);
  });

  it("keeps places when it shrinks", () => {
    const pane = { width: canvasPx(20), height: canvasPx(30) };
    const out = new Uint16Array(600);
    resample(pyramid, frame, homeCamera(2.5, extent, pane), pane, out);
    // Canvas pixel (5, 15) covers image pixels 20-23: their mean is 1000 + 10 * 21.5.
    expect(Math.abs((out[15 * 20 + 5] as number) - 1215)).toBeLessThan(12);
  });

  it("looks up every sample", () => {
    const lookup = buildLookup({ center: 2048, width: 4096 }, 0, false);
    const out = new Uint32Array(2);
    applyLookup(Uint16Array.of(0, 4095), lookup, out);
    expect([...out]).toEqual([0xff000000, 0xffffffff]);
  });
});
