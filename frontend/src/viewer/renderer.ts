import type { Camera, ImageFrame, PaneSize } from "../geometry/camera";
import type { Pyramid } from "./pyramid";
import { resample } from "./resample";

/** Everything that one pane shows; a new object or field value means a change. */
export interface Scene {
  readonly pyramid: Pyramid;
  readonly frame: ImageFrame;
  readonly camera: Camera;
  readonly lookup: Uint32Array;
}

/** Draws one pane: `CanvasRenderer` or `WebglRenderer`, with the same picture. */
export interface Renderer {
  resize(pane: PaneSize): void;
  draw(scene: Scene): void;
  clear(): void;
}

export type RendererKind = "canvas" | "webgl";

/** The context of a pane's canvas, whoever draws on it. */
export function paneContext(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("This browser cannot draw images (no 2D canvas).");
  return context;
}

/** Gives a canvas its size, which also empties it; true if it was another one. */
export function sizeCanvas(canvas: HTMLCanvasElement, { width, height }: PaneSize): boolean {
  if (canvas.width === width && canvas.height === height) return false;
  canvas.width = width;
  canvas.height = height;
  return true;
}

export function blacken(context: CanvasRenderingContext2D): void {
  context.fillStyle = "#000";
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
}

/**
 * Two steps, each done only when needed: stored values are resampled when the camera or image
 * changes, and looked up in the grey table on every frame.
 */
export class CanvasRenderer implements Renderer {
  readonly #context: CanvasRenderingContext2D;
  #pane: PaneSize | null = null;
  #samples = new Uint16Array(0);
  #image: ImageData | null = null;
  #words = new Uint32Array(0);
  #pyramid: Pyramid | null = null;
  #camera: Camera | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#context = paneContext(canvas);
  }

  resize(pane: PaneSize): void {
    const same = this.#pane?.width === pane.width && this.#pane.height === pane.height;
    if (!sizeCanvas(this.#context.canvas, pane) && same) return;
    this.#pane = pane;
    this.#samples = new Uint16Array(pane.width * pane.height);
    this.#image = this.#context.createImageData(pane.width, pane.height);
    this.#words = new Uint32Array(this.#image.data.buffer);
    this.#pyramid = null;
  }

  draw({ pyramid, frame, camera, lookup }: Scene): void {
    if (!this.#pane || !this.#image) return;
    if (pyramid !== this.#pyramid || !sameCamera(camera, this.#camera)) {
      resample(pyramid, frame, camera, this.#pane, this.#samples);
      this.#pyramid = pyramid;
      this.#camera = camera;
    }
    applyLookup(this.#samples, lookup, this.#words);
    this.#context.putImageData(this.#image, 0, 0);
  }

  clear(): void {
    blacken(this.#context);
    this.#pyramid = null;
  }
}

export function applyLookup(samples: Uint16Array, lookup: Uint32Array, out: Uint32Array): void {
  for (let index = 0; index < out.length; index++) {
    out[index] = lookup[samples[index] as number] as number;
  }
}

const sameCamera = (a: Camera, b: Camera | null): boolean =>
  b !== null && a.scale === b.scale && a.depth === b.depth && a.down === b.down;
