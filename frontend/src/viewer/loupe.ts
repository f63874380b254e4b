import { canvasToSide, oneToOneScale, type Camera } from "../geometry/camera";
import { canvasPx, clamp, type CanvasPoint } from "../geometry/units";
import type { Pane } from "./pane";
import { CanvasRenderer } from "./renderer";

const MAGNIFIED = 2;
const SMALLEST = 140;
const LARGEST = 560;
const STEP = 60;

/** A round glass over the images: twice as large, and at least 1:1. */
export class Loupe {
  on = false;
  /** Diameter in CSS pixels. */
  size = 260;
  readonly #canvas = document.createElement("canvas");
  readonly #renderer = new CanvasRenderer(this.#canvas);

  constructor() {
    this.#canvas.className = "loupe";
    this.#canvas.setAttribute("aria-hidden", "true");
  }

  /** Larger or smaller by steps; false while it is off. */
  resize(by: number): boolean {
    if (this.on) this.size = clamp(this.size + by * STEP, SMALLEST, LARGEST);
    return this.on;
  }

  /** One step larger, and from the largest back to the smallest. */
  nextSize(): void {
    this.size = this.size >= LARGEST ? SMALLEST : Math.min(this.size + STEP, LARGEST);
  }

  hide(): void {
    this.#canvas.remove();
  }

  /** Shows what `pane` shows at a point of its canvas. */
  draw(pane: Pane, camera: Camera, at: CanvasPoint, ratio: number): void {
    if (!pane.scene) {
      this.hide();
      return;
    }
    const { frame } = pane.source;
    const centre = canvasToSide(at, camera, frame.side, pane.size);
    const scale = Math.max(MAGNIFIED * camera.scale, oneToOneScale(frame));
    const across = canvasPx(Math.round(this.size * ratio));
    if (this.#canvas.parentElement !== pane.element) pane.element.append(this.#canvas);
    const { style } = this.#canvas;
    style.width = style.height = `${this.size}px`;
    style.left = `${(at.x / ratio - this.size / 2).toFixed(1)}px`;
    style.top = `${(at.y / ratio - this.size / 2).toFixed(1)}px`;
    this.#renderer.resize({ width: across, height: across });
    this.#renderer.draw({ ...pane.scene, camera: { ...centre, scale } });
  }
}
