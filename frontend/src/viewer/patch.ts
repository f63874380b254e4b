/** Pixels that are laid over a part of an image, at every resolution. */
import { inflate, unpackPlanes } from "./frame";
import type { Level, Pyramid } from "./pyramid";

/** A part of an image: full-resolution stored values with the upper left corner at (x, y). */
export interface Patch {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
}

/** The image with a patch over it; the image itself stays as it is. */
export function layOver(image: Pyramid, patch: Patch): Pyramid {
  const levels: Level[] = [];
  let area = { left: patch.x, top: patch.y, right: patch.x + patch.width, bottom: patch.y + patch.height };
  for (const level of image.levels) {
    const pixels = level.pixels.slice();
    const above = levels.at(-1);
    if (above) {
      area = {
        left: area.left >> 1,
        top: area.top >> 1,
        right: Math.min((area.right + 1) >> 1, level.width),
        bottom: Math.min((area.bottom + 1) >> 1, level.height),
      };
      halveInto(pixels, level.width, above, area);
    } else paste(pixels, level.width, patch);
    levels.push({ ...level, pixels });
  }
  return { ...image, levels };
}

function paste(pixels: Uint16Array, width: number, patch: Patch): void {
  for (let row = 0; row < patch.height; row++) {
    const from = row * patch.width;
    pixels.set(patch.pixels.subarray(from, from + patch.width), (patch.y + row) * width + patch.x);
  }
}

interface Area {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The mean of each 2 x 2 block of the finer level, as `halve` takes it, within an area. */
function halveInto(pixels: Uint16Array, width: number, fine: Level, area: Area): void {
  for (let y = area.top; y < area.bottom; y++) {
    for (let x = area.left; x < area.right; x++) {
      const at = 2 * y * fine.width + 2 * x;
      pixels[y * width + x] =
        ((fine.pixels[at] as number) +
          (fine.pixels[at + 1] as number) +
          (fine.pixels[at + fine.width] as number) +
          (fine.pixels[at + fine.width + 1] as number) +
          2) >>
        2;
    }
  }
}

/** A patch as the server sends it: a frame in base64. */
export async function readPatch(sent: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: string;
}): Promise<Patch> {
  const { x, y, width, height } = sent;
  const bytes = Uint8Array.from(atob(sent.pixels), (letter) => letter.charCodeAt(0));
  const planes = await inflate(bytes, 2 * width * height);
  return { x, y, width, height, pixels: unpackPlanes(planes, width, height) };
}
