import { canvasToImage, type Camera, type ImageFrame, type PaneSize } from "../geometry/camera";
import { canvasPoint } from "../geometry/units";
import { pickLevel, type Level, type Pyramid } from "./pyramid";

/** Per output pixel along one axis: the left neighbour's index (or -1 outside) and 8-bit weight. */
export interface Axis {
  readonly index: Int32Array;
  readonly weight: Int32Array;
  readonly from: number;
  readonly to: number;
}

function planAxis(count: number, start: number, step: number, size: number): Axis {
  const index = new Int32Array(count);
  const weight = new Int32Array(count);
  let from = count;
  let to = 0;
  for (let out = 0; out < count; out++) {
    const position = start + out * step;
    if (position < -0.5 || position > size - 0.5) {
      index[out] = -1;
      continue;
    }
    const held = Math.min(Math.max(position, 0), size - 1.001);
    index[out] = Math.floor(held);
    weight[out] = Math.round((held - Math.floor(held)) * 256);
    from = Math.min(from, out);
    to = out + 1;
  }
  return { index, weight, from, to };
}

/** Level coordinates of a full-resolution coordinate: pixel centres of blocks. */
const toLevel = (position: number, shrink: number): number => (position + 0.5) / shrink - 0.5;

/** What a pane shows of an image: the fitting level, and where each row and column lies in it. */
export interface Plan {
  readonly level: Level;
  readonly columns: Axis;
  readonly rows: Axis;
}

/** Both renderers draw by this plan and in the same whole numbers, so their pictures agree. */
export function planView(pyramid: Pyramid, frame: ImageFrame, camera: Camera, pane: PaneSize): Plan {
  const step = 1 / (camera.scale * frame.pixelMm);
  const level = pickLevel(pyramid, 1 / step);
  const corner = canvasToImage(canvasPoint(0.5, 0.5), camera, frame, pane);
  const { width, height, shrink } = level;
  return {
    level,
    columns: planAxis(pane.width, toLevel(corner.x, shrink), step / shrink, width),
    rows: planAxis(pane.height, toLevel(corner.y, shrink), step / shrink, height),
  };
}

/**
 * Draws what the camera sees into `out`, stored values, bilinear on the fitting level.
 *
 * `out` has pane.width * pane.height values; 0 outside the image.
 */
export function resample(
  pyramid: Pyramid,
  frame: ImageFrame,
  camera: Camera,
  pane: PaneSize,
  out: Uint16Array,
): void {
  const { level, columns, rows } = planView(pyramid, frame, camera, pane);
  out.fill(0);
  for (let y = rows.from; y < rows.to; y++) {
    const top = (rows.index[y] as number) * level.width;
    blendRow(level.pixels, top, level.width, rows.weight[y] as number, columns, out, y * pane.width);
  }
}

function blendRow(
  pixels: Uint16Array,
  top: number,
  width: number,
  down: number,
  columns: Axis,
  out: Uint16Array,
  offset: number,
): void {
  const up = 256 - down;
  const { index, weight, to } = columns;
  for (let x = columns.from; x < to; x++) {
    const at = top + (index[x] as number);
    const right = weight[x] as number;
    const a = (pixels[at] as number) * up + (pixels[at + width] as number) * down;
    const b = (pixels[at + 1] as number) * up + (pixels[at + width + 1] as number) * down;
    out[offset + x] = (a * (256 - right) + b * right + 32768) >> 16;
  }
}
