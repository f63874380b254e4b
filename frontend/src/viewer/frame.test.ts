import { describe, expect, it } from "vitest";
import { deflateSync } from "node:zlib";
import { fetchChecked, fetchPixels } from "./fetch-frame";
import { decodeFrame, FRAME_ENCODING, unpackPlanes } from "./frame";
import { hashSlowly, sha256Hex } from "./sha256";

/** The encoder of cases/frames.py, written out again. */
function encode(pixels: Uint16Array, width: number): Uint8Array<ArrayBuffer> {
  const planes = new Uint8Array(2 * pixels.length);
  pixels.forEach((value, index) => {
    const left = index % width === 0 ? 0 : (pixels[index - 1] as number);
    const delta = ((value - left) << 16) >> 16;
    const zigzag = ((delta << 1) ^ (delta >> 15)) & 0xffff;
    planes[index] = zigzag & 0xff;
    planes[index + pixels.length] = zigzag >> 8;
  });
  return new Uint8Array(deflateSync(planes));
}

const pixels = Uint16Array.from({ length: 35 }, (_none, index) => (index * 7919) % 65536);
pixels.set([0, 65535, 0, 32768, 4095], 7);

describe("frame", () => {
  it("decodes bit for bit, wrap-around included", async () => {
    expect(await decodeFrame(encode(pixels, 7), 7, 5)).toEqual(pixels);
  });

  it("decodes what cases/frames.py makes of [[5, 3], [4095, 0]]", () => {
    // Differences 5, -2 | 4095, -4095; zigzag 10, 3, 8190, 8189; low bytes, then high bytes.
    const planes = Uint8Array.from([10, 3, 0xfe, 0xfd, 0, 0, 0x1f, 0x1f]);
    expect([...unpackPlanes(planes, 2, 2)]).toEqual([5, 3, 4095, 0]);
  });

  it("refuses another size, and damage", async () => {
    await expect(decodeFrame(encode(pixels, 7), 7, 6)).rejects.toThrow("shorter than stated");
    await expect(decodeFrame(encode(pixels, 7), 7, 4)).rejects.toThrow("longer than stated");
    await expect(decodeFrame(new Uint8Array([1, 2, 3]), 7, 5)).rejects.toThrow("not a deflate");
  });
});

describe("fetching a frame", () => {
  const data = encode(pixels, 7);
  const source = { url: "/frame", bytes: data.length, sha256: hashSlowly(data), encoding: FRAME_ENCODING };
  const damaged = data.slice();
  damaged[9] = (damaged[9] as number) ^ 1;
  const serve = (...bodies: Uint8Array<ArrayBuffer>[]) => {
    const asked: (string | undefined)[] = [];
    const fetcher = async (_url: string, init: RequestInit): Promise<Response> => {
      asked.push(init.cache);
      return new Response(bodies[asked.length - 1]);
    };
    return { asked, fetcher };
  };

  it("takes bytes whose hash is right", async () => {
    const { asked, fetcher } = serve(data);
    expect(await fetchPixels(source, 7, 5, fetcher)).toEqual(pixels);
    expect(asked).toEqual(["default"]);
  });

  it("asks past the cache once when they are damaged", async () => {
    const { asked, fetcher } = serve(damaged, data);
    expect(await fetchPixels(source, 7, 5, fetcher)).toEqual(pixels);
    expect(asked).toEqual(["default", "reload"]);
  });

  it("asks again when the connection breaks off in the middle, or bytes are missing", async () => {
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(data.slice(0, 20));
        controller.error(new TypeError("network error"));
      },
    });
    let asked = 0;
    const breakOnce = async (): Promise<Response> => new Response(asked++ === 0 ? broken : data);
    expect(await fetchPixels(source, 7, 5, breakOnce)).toEqual(pixels);
    expect(asked).toBe(2);
    const { fetcher } = serve(data.slice(0, -3), data);
    expect(await fetchPixels(source, 7, 5, fetcher)).toEqual(pixels);
  });

  it("shows nothing when they are damaged twice", async () => {
    const { fetcher } = serve(damaged, damaged);
    await expect(fetchChecked(source, fetcher)).rejects.toThrow("damaged twice");
  });

  it("refuses an encoding it does not know, and a refusal", async () => {
    await expect(fetchPixels({ ...source, encoding: "jpeg" }, 7, 5)).rejects.toThrow('"jpeg"');
    const refuse = async (): Promise<Response> => new Response("", { status: 403 });
    await expect(fetchChecked(source, refuse)).rejects.toThrow("status 403");
  });
});

describe("SHA-256", () => {
  it.each([0, 3, 55, 56, 63, 64, 65, 1000])("agrees with the browser's own at %i bytes", async (size) => {
    const bytes = Uint8Array.from({ length: size }, (_none, index) => (index * 31) & 0xff);
    expect(hashSlowly(bytes)).toBe(await sha256Hex(bytes));
  });

  it("knows the standard's example", () => {
    expect(hashSlowly(new TextEncoder().encode("abc"))).toBe(
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
  });
});
