/** The browser frame of docs: row delta, zigzag, byte planes, deflate; bit-exact. */

export const FRAME_ENCODING = "delta-zigzag-planes-deflate";

export class FrameError extends Error {
  override name = "FrameError";
}

/** Undoes planes, zigzag and row delta: (2 * width * height) bytes to stored values. */
export function unpackPlanes(planes: Uint8Array, width: number, height: number): Uint16Array {
  const count = width * height;
  if (planes.length !== 2 * count) {
    throw new FrameError(`the frame does not hold ${width} x ${height} pixels`);
  }
  const pixels = new Uint16Array(count);
  let index = 0;
  for (let row = 0; row < height; row++) {
    let value = 0;
    for (const end = index + width; index < end; index++) {
      const zigzag = (planes[index] as number) | ((planes[index + count] as number) << 8);
      value = (value + ((zigzag >>> 1) ^ -(zigzag & 1))) & 0xffff;
      pixels[index] = value;
    }
  }
  return pixels;
}

/** Inflates a zlib stream into exactly `size` bytes. */
export async function inflate(data: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  const bytes = new Uint8Array(size);
  let offset = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (offset + value.length > size) throw new FrameError("the frame is longer than stated");
      bytes.set(value, offset);
      offset += value.length;
    }
  } catch (error) {
    if (error instanceof FrameError) throw error;
    throw new FrameError("the frame is not a deflate stream");
  }
  if (offset !== size) throw new FrameError("the frame is shorter than stated");
  return bytes;
}

export async function decodeFrame(
  data: Uint8Array<ArrayBuffer>,
  width: number,
  height: number,
): Promise<Uint16Array> {
  return unpackPlanes(await inflate(data, 2 * width * height), width, height);
}
