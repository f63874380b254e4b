/** Fetches, checks and decodes frames off the page's thread. */
import type { Side } from "../geometry/camera";
import { fetchPixels } from "./fetch-frame";
import { buildLevels, findAir, type Level, type Pyramid } from "./pyramid";
import type { FrameSource } from "./source";

export interface DecodeJob {
  readonly id: number;
  readonly source: FrameSource;
  readonly width: number;
  readonly height: number;
  readonly side: Side;
}

export type DecodeAnswer =
  | { readonly id: number; readonly pyramid: Pyramid }
  | { readonly id: number; readonly error: string };

async function decode(job: DecodeJob): Promise<Pyramid> {
  const { source, width, height, side } = job;
  const pixels = await fetchPixels(source, width, height);
  const levels = buildLevels({ width, height, shrink: 1, pixels });
  return { levels, air: findAir(levels[0] as Level, side), full: true };
}

addEventListener("message", (event: MessageEvent<DecodeJob>) => {
  const { id } = event.data;
  decode(event.data).then(
    (pyramid) => {
      const buffers = pyramid.levels.map((level) => level.pixels.buffer);
      postMessage({ id, pyramid } satisfies DecodeAnswer, { transfer: buffers });
    },
    (error: unknown) => {
      const text =
        error instanceof TypeError
          ? "This image did not arrive: the connection to the server was lost."
          : error instanceof Error
            ? error.message
            : "This image could not be read.";
      postMessage({ id, error: text } satisfies DecodeAnswer);
    },
  );
});
