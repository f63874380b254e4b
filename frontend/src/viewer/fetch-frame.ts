import { decodeFrame, FRAME_ENCODING, FrameError } from "./frame";
import { sha256Hex } from "./sha256";
import type { FrameSource } from "./source";

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Bytes that match their stated SHA-256; asks the server once more when they do not. */
export async function fetchChecked(
  source: FrameSource,
  fetcher: Fetch = fetch,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const cache of ["default", "reload"] as const) {
    const response = await fetcher(source.url, { credentials: "same-origin", cache });
    if (!response.ok) {
      throw new FrameError(`The server did not give this image (status ${response.status}).`);
    }
    // A body that breaks off is damage like another.
    const bytes = new Uint8Array(await response.arrayBuffer().catch(() => new ArrayBuffer(0)));
    if (bytes.length === source.bytes && (await sha256Hex(bytes)) === source.sha256) return bytes;
  }
  throw new FrameError("This image arrived damaged twice, so it is not shown.");
}

export async function fetchPixels(
  source: FrameSource,
  width: number,
  height: number,
  fetcher: Fetch = fetch,
): Promise<Uint16Array> {
  if (source.encoding !== FRAME_ENCODING) {
    throw new FrameError(`This page cannot read images in the form "${source.encoding}".`);
  }
  return decodeFrame(await fetchChecked(source, fetcher), width, height);
}
