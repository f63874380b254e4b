import { mm, type Mm } from "../geometry/units";
import type { Extent, Side } from "../geometry/camera";

/** One resolution of an image; `shrink` image pixels of full resolution per level pixel. */
export interface Level {
  readonly width: number;
  readonly height: number;
  readonly shrink: number;
  readonly pixels: Uint16Array;
}

/** An image at halving resolutions, finest first, with the stored value up to which it is air. */
export interface Pyramid {
  readonly levels: readonly Level[];
  readonly air: number;
  /** False while only the small preview is there. */
  readonly full: boolean;
}

/** The mean of each 2 x 2 block; an odd last row or column is dropped. */
export function halve(level: Level): Level {
  const width = level.width >> 1;
  const height = level.height >> 1;
  const source = level.pixels;
  const pixels = new Uint16Array(width * height);
  for (let y = 0, out = 0; y < height; y++) {
    let above = 2 * y * level.width;
    let below = above + level.width;
    for (let x = 0; x < width; x++, out++, above += 2, below += 2) {
      pixels[out] =
        ((source[above] as number) +
          (source[above + 1] as number) +
          (source[below] as number) +
          (source[below + 1] as number) +
          2) >>
        2;
    }
  }
  return { width, height, shrink: level.shrink * 2, pixels };
}

export function buildLevels(base: Level, smallest = 200): Level[] {
  const levels = [base];
  for (let last = base; last.width >= 2 * smallest; ) {
    last = halve(last);
    levels.push(last);
  }
  return levels;
}

/** The stored value up to which a pixel is air: the most found in the corners off the chest wall. */
export function findAir(level: Level, side: Side): number {
  const patch = Math.max(2, Math.round(level.width / 28));
  const from = side === "left" ? level.width - patch : 0;
  let air = 0;
  for (const top of [0, level.height - patch]) {
    for (let y = top; y < top + patch; y++) {
      for (let x = from; x < from + patch; x++) {
        air = Math.max(air, level.pixels[y * level.width + x] as number);
      }
    }
  }
  // A breast that reaches into a corner must not black out real tissue.
  return Math.min(air, 60);
}

/** Where the breast lies: rows and columns with more than a sliver of tissue. */
export function findExtent(level: Level, air: number, side: Side, pixelMm: Mm): Extent {
  const { width, height, pixels, shrink } = level;
  const columns = new Uint32Array(width);
  const rows = new Uint32Array(height);
  for (let y = 0, index = 0; y < height; y++) {
    for (let x = 0; x < width; x++, index++) {
      if ((pixels[index] as number) <= air + 16) continue;
      rows[y] = (rows[y] as number) + 1;
      columns[x] = (columns[x] as number) + 1;
    }
  }
  const some = (count: number): boolean => count > 2;
  const size = shrink * pixelMm;
  const first = columns.findIndex(some);
  const last = columns.findLastIndex(some);
  if (first < 0) return { depth: mm(width * size), top: mm(0), bottom: mm(height * size) };
  const reach = side === "left" ? last + 1 : width - first;
  return {
    depth: mm(reach * size),
    top: mm(rows.findIndex(some) * size),
    bottom: mm((rows.findLastIndex(some) + 1) * size),
  };
}

/** The coarsest level that still has at least one pixel per canvas pixel. */
export function pickLevel(pyramid: Pyramid, canvasPxPerImagePx: number): Level {
  const levels = pyramid.levels;
  for (let index = levels.length - 1; index > 0; index--) {
    const level = levels[index] as Level;
    if (level.shrink * canvasPxPerImagePx <= 1.0001) return level;
  }
  return levels[0] as Level;
}
