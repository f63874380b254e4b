/** Which renderer draws, for the whole page: measured once, or forced by the address. */
import type { PaneSize } from "../geometry/camera";
import { CanvasRenderer, type Renderer, type RendererKind, type Scene } from "./renderer";
import { WebglDevice, WebglRenderer } from "./webgl";

// Read as the page loads: going on to a case changes the address.
const ADDRESS = globalThis.location?.search ?? "";

const FRAMES = 5;

/** Drivers that draw on the processor, where Canvas2D is faster and WebGL2 does not say so. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export const isSoftware = (name: string): boolean => SOFTWARE.test(name);

/** `?renderer=canvas` or `?renderer=webgl` of an address; null where it leaves the choice. */
export function forcedRenderer(search: string): RendererKind | null {
  const asked = new URLSearchParams(search).get("renderer");
  return asked === "canvas" || asked === "webgl" ? asked : null;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The faster of two ways to draw, by turns, so that a busy moment hits both. */
export function chooseFaster(
  canvas: (frame: number) => void,
  webgl: (frame: number) => void,
  now: () => number = () => performance.now(),
): RendererKind {
  const spent: Record<RendererKind, number[]> = { canvas: [], webgl: [] };
  const time = (kind: RendererKind, draw: (frame: number) => void, frame: number): void => {
    const start = now();
    draw(frame);
    // The first frame also uploads and compiles.
    if (frame > 0) spent[kind].push(now() - start);
  };
  for (let frame = 0; frame <= FRAMES; frame++) {
    time("canvas", canvas, frame);
    time("webgl", webgl, frame);
  }
  return median(spent.webgl) < median(spent.canvas) ? "webgl" : "canvas";
}

/** Hands out renderers; Canvas2D until WebGL2 has proved to be the faster, and after it is lost. */
export class Painter {
  static #shared: Painter | null = null;
  kind: RendererKind = "canvas";
  #chosen = false;
  #device: WebglDevice | null = null;
  readonly #listeners = new Set<() => void>();

  static shared(): Painter {
    return (Painter.#shared ??= new Painter(forcedRenderer(ADDRESS)));
  }

  private constructor(forced: RendererKind | null) {
    this.#chosen = forced !== null;
    if (forced === "webgl") this.#open();
    if (this.#device) this.kind = "webgl";
  }

  make(canvas: HTMLCanvasElement): Renderer {
    return this.kind === "webgl" && this.#device
      ? new WebglRenderer(canvas, this.#device)
      : new CanvasRenderer(canvas);
  }

  /** Called when the kind changes; returns how to stop. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Times both on a scene of a case, once a page. */
  measure(scene: Scene, pane: PaneSize): void {
    if (this.#chosen) return;
    this.#chosen = true;
    this.#open();
    const device = this.#device;
    if (!device) return;
    if (isSoftware(device.name) || this.#compare(device, scene, pane) === "canvas") {
      this.#close();
    } else this.#become("webgl");
  }

  /** A case is closed: its images leave the graphics memory. */
  forget(): void {
    this.#device?.forget();
  }

  #compare(device: WebglDevice, scene: Scene, pane: PaneSize): RendererKind {
    const canvas = new CanvasRenderer(document.createElement("canvas"));
    const webgl = new WebglRenderer(document.createElement("canvas"), device);
    for (const renderer of [canvas, webgl]) renderer.resize(pane);
    // A new table each time, as while the window is dragged.
    const at = (): Scene => ({ ...scene, lookup: scene.lookup.slice() });
    return chooseFaster(
      () => canvas.draw(at()),
      () => {
        webgl.draw(at());
        device.finish();
      },
    );
  }

  #open(): void {
    try {
      const device = new WebglDevice();
      device.canvas.addEventListener("webglcontextlost", () => this.#close());
      this.#device = device;
    } catch {
      // Without WebGL2 there is Canvas2D, which shows the same.
      this.#device = null;
    }
  }

  #close(): void {
    const device = this.#device;
    this.#device = null;
    if (device && !device.lost) device.close();
    this.#become("canvas");
  }

  #become(kind: RendererKind): void {
    if (this.kind === kind) return;
    this.kind = kind;
    for (const listener of this.#listeners) listener();
  }
}
