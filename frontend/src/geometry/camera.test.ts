import { describe, expect, it } from "vitest";
import {
  canvasToImage,
  fitScale,
  homeCamera,
  imageToCanvas,
  imageToSide,
  oneToOneScale,
  sideToCanvas,
  zoomAbout,
  type Camera,
  type ImageFrame,
} from "./camera";
import { canvasPx, imagePoint, imagePx, mm } from "./units";

const frame = (side: "left" | "right"): ImageFrame => ({
  side,
  width: imagePx(1792),
  height: imagePx(2304),
  pixelMm: mm(0.1),
});
const pane = { width: canvasPx(620), height: canvasPx(560) };
const camera: Camera = { scale: 4.2, depth: mm(55), down: mm(101) };

describe("camera", () => {
  it.each(["left", "right"] as const)("maps there and back on the %s", (side) => {
    const there = imageToCanvas(imagePoint(311.4, 1203.7), camera, frame(side), pane);
    const back = canvasToImage(there, camera, frame(side), pane);
    expect(back.x).toBeCloseTo(311.4, 9);
    expect(back.y).toBeCloseTo(1203.7, 9);
  });

  it("measures depth from the chest wall, at the image's inner edge on both sides", () => {
    expect(imageToSide(imagePoint(-0.5, -0.5), frame("left"))).toEqual({ depth: 0, down: 0 });
    expect(imageToSide(imagePoint(1791.5, -0.5), frame("right"))).toEqual({ depth: 0, down: 0 });
  });

  it("shows mirrored views as mirror images under one camera", () => {
    const left = imageToCanvas(imagePoint(500, 900), camera, frame("left"), pane);
    const right = imageToCanvas(imagePoint(1791 - 500, 900), camera, frame("right"), pane);
    expect(left.x + right.x).toBeCloseTo(pane.width, 9);
    expect(left.y).toBeCloseTo(right.y, 9);
  });

  it("puts the chest wall on the inner edge of each pane when fitted", () => {
    const extent = { depth: mm(110), top: mm(20), bottom: mm(210) };
    const home = homeCamera(fitScale([extent], pane), extent, pane);
    const wall = { depth: mm(0), down: home.down };
    expect(sideToCanvas(wall, home, "left", pane).x).toBeCloseTo(0, 9);
    expect(sideToCanvas(wall, home, "right", pane).x).toBeCloseTo(pane.width, 9);
    expect(home.scale * 190).toBeLessThanOrEqual(pane.height);
  });

  it("fits the largest breast, so that all views share one scale", () => {
    const small = { depth: mm(50), top: mm(50), bottom: mm(100) };
    const large = { depth: mm(100), top: mm(0), bottom: mm(224) };
    expect(fitScale([small, large], pane)).toBe(fitScale([large], pane));
  });

  it("leaves the point under the cursor where it is while zooming", () => {
    const anchor = imageToSide(imagePoint(700, 400), frame("right"));
    const before = sideToCanvas(anchor, camera, "right", pane);
    const after = sideToCanvas(anchor, zoomAbout(camera, anchor, 9), "right", pane);
    expect(after.x).toBeCloseTo(before.x, 9);
    expect(after.y).toBeCloseTo(before.y, 9);
  });

  it("shows one image pixel per canvas pixel at 1:1", () => {
    const close: Camera = { ...camera, scale: oneToOneScale(frame("left")) };
    const a = imageToCanvas(imagePoint(10, 10), close, frame("left"), pane);
    const b = imageToCanvas(imagePoint(11, 10), close, frame("left"), pane);
    expect(b.x - a.x).toBeCloseTo(1, 9);
  });
});
