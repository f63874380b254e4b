import { clamp } from "../geometry/units";
import type { DecodeAnswer, DecodeJob } from "./decoder.worker";
import { KeptFrames } from "./kept-frames";
import { findAir, type Level, type Pyramid } from "./pyramid";
import type { FrameSource, ViewSource } from "./source";
import { STORED_VALUES, storedOf } from "./window";

interface Waiting {
  resolve(pyramid: Pyramid): void;
  reject(error: Error): void;
}

/** A case of four views with all its resolutions takes 45 MB. */
const MOST_KEPT_BYTES = 64_000_000;

/** A small pool of decoder workers, kept from case to case. */
export class FrameLoader {
  static #shared: FrameLoader | null = null;
  readonly #workers: Worker[] = [];
  readonly #waiting = new Map<number, Waiting>();
  readonly #kept = new KeptFrames<Promise<Pyramid>>(MOST_KEPT_BYTES);
  #jobs = 0;

  /** The page's pool; asking for it early has the workers started by the time they are needed. */
  static shared(): FrameLoader {
    return (FrameLoader.#shared ??= new FrameLoader());
  }

  private constructor(workers = Math.min(4, Math.max(2, navigator.hardwareConcurrency || 2))) {
    for (let index = 0; index < workers; index++) {
      const worker = new Worker(new URL("./decoder.worker.ts", import.meta.url), {
        type: "module",
      });
      worker.addEventListener("message", (event: MessageEvent<DecodeAnswer>) => {
        this.#settle(event.data);
      });
      worker.addEventListener("error", () => {
        FrameLoader.#shared = null;
        this.#failAll("The image decoder stopped. Reload the page.");
      });
      this.#workers.push(worker);
    }
  }

  /** Decodes the frame of a view; `data` may name another frame of the same view (its base). */
  load(view: ViewSource, data: FrameSource = view.data): Promise<Pyramid> {
    return this.#kept.take(data.sha256) ?? this.#decode(view, data);
  }

  /** Decodes the frame of a view that is soon to be shown; a failure shows when it is. */
  prepare(view: ViewSource): void {
    const { sha256 } = view.data;
    if (this.#kept.has(sha256)) return;
    const frame = this.#decode(view, view.data);
    // All resolutions of 16-bit pixels: a third more than the finest.
    this.#kept.keep(sha256, frame, (view.frame.width * view.frame.height * 2 * 4) / 3);
    // Let go of, not handed on: nobody waits for what failed here.
    frame.catch(() => void this.#kept.take(sha256));
  }

  #decode(view: ViewSource, data: FrameSource): Promise<Pyramid> {
    const id = this.#jobs++;
    const { width, height, side } = view.frame;
    const worker = this.#workers[id % this.#workers.length] as Worker;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, source: data, width, height, side } satisfies DecodeJob);
    });
  }

  #settle(answer: DecodeAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ("error" in answer) waiting?.reject(new Error(answer.error));
    else waiting?.resolve(answer.pyramid);
  }

  #failAll(reason: string): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error(reason));
    this.#waiting.clear();
  }
}

/** The small 8-bit preview as a coarse image, brought back to stored values. */
export async function loadPreview(view: ViewSource): Promise<Pyramid | null> {
  if (!view.previewUrl) return null;
  const response = await fetch(view.previewUrl, { credentials: "same-origin" });
  if (!response.ok) return null;
  const bitmap = await createImageBitmap(await response.blob(), { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const image = context.getImageData(0, 0, width, height);
  const level = levelOfPreview(image, view);
  return { levels: [level], air: findAir(level, view.frame.side), full: false };
}

/** Undoes the view's own window; black stays black, since it is mostly air. */
function levelOfPreview(image: ImageData, { frame, window }: ViewSource): Level {
  const values = Array.from({ length: 256 }, (_none, grey) =>
    grey === 0 ? 0 : clamp(Math.round(storedOf(grey, window)), 0, STORED_VALUES - 1),
  );
  const pixels = new Uint16Array(image.width * image.height);
  for (let index = 0; index < pixels.length; index++) {
    pixels[index] = values[image.data[4 * index] as number] as number;
  }
  return { width: image.width, height: image.height, shrink: frame.width / image.width, pixels };
}

/** Has the images of the next case there and decoded; a failure costs nothing. */
export function prefetch(views: readonly ViewSource[]): void {
  for (const view of views) {
    const { previewUrl } = view;
    if (previewUrl) {
      fetch(previewUrl, { credentials: "same-origin", priority: "low" }).catch(() => undefined);
    }
    FrameLoader.shared().prepare(view);
  }
}
