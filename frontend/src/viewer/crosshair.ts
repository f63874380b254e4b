import { holdInImage, type ImageFrame } from "../geometry/camera";
import { imagePoint, type ImagePoint } from "../geometry/units";
import { neighbour, VIEW_KEYS, type Hanging, type ViewKey } from "./hanging";
import type { ViewSource } from "./source";

/** The first steps are fine, a held key goes faster. */
const STEP_MM = 1;
const FAST_STEP_MM = 5;
const FAST_AFTER_STEPS = 8;
const HELD_WITHIN_MS = 120;

/** The keyboard's pointer: a point in one of the views. */
export class Crosshair {
  view: ViewKey;
  point: ImagePoint;
  shown = false;
  readonly #frames: ReadonlyMap<ViewKey, ImageFrame>;
  #lastStep = 0;
  #steps = 0;

  constructor(views: readonly ViewSource[]) {
    this.#frames = new Map(views.map((view) => [view.key, view.frame]));
    // Where reading begins: the first view of the hanging, whatever the order of the list.
    this.view = VIEW_KEYS.find((key) => this.#frames.has(key)) ?? "right_cc";
    this.point = this.#middle(this.view);
  }

  put(view: ViewKey, point: ImagePoint): void {
    this.view = view;
    this.point = point;
    this.shown = true;
  }

  /** Goes to the middle of a view. */
  enter(view: ViewKey): void {
    this.put(view, this.#middle(view));
  }

  /** One step; over the edge of an image lies the neighbouring view. */
  move(right: number, down: number, hanging: Hanging, now = performance.now()): Crosshair {
    const frame = this.#frame(this.view);
    const step = this.#stepMm(now) / frame.pixelMm;
    if (!this.shown) {
      this.shown = true;
      return this;
    }
    const wanted = imagePoint(this.point.x + right * step, this.point.y + down * step);
    const held = holdInImage(wanted, frame);
    const over = held.x !== wanted.x || held.y !== wanted.y;
    const next = over ? neighbour(hanging, this.view, right, down) : null;
    if (next) this.put(next, this.#entry(next, right, down));
    else this.point = held;
    return this;
  }

  #stepMm(now: number): number {
    this.#steps = now - this.#lastStep < HELD_WITHIN_MS ? this.#steps + 1 : 0;
    this.#lastStep = now;
    return this.#steps > FAST_AFTER_STEPS ? FAST_STEP_MM : STEP_MM;
  }

  #entry(view: ViewKey, right: number, down: number): ImagePoint {
    const { width, height } = this.#frame(view);
    const x = right > 0 ? 0 : right < 0 ? width - 1 : this.point.x;
    const y = down > 0 ? 0 : down < 0 ? height - 1 : this.point.y;
    return imagePoint(x, y);
  }

  #middle(view: ViewKey): ImagePoint {
    const { width, height, side } = this.#frame(view);
    return imagePoint(width * (side === "left" ? 0.25 : 0.75), height / 2);
  }

  #frame(view: ViewKey): ImageFrame {
    const frame = this.#frames.get(view);
    if (!frame) throw new Error(`This case has no view ${view}.`);
    return frame;
  }
}

/** To a tenth of a pixel: more than a hand can point. */
export const round = (point: ImagePoint): ImagePoint =>
  imagePoint(Math.round(point.x * 10) / 10, Math.round(point.y * 10) / 10);

/** A point moved by millimetres, one key press each, and held in its image. */
export function nudge(point: ImagePoint, frame: ImageFrame, right: number, down: number): ImagePoint {
  const step = Math.max(1, 1 / frame.pixelMm);
  const moved = imagePoint(point.x + right * step, point.y + down * step);
  return round(holdInImage(moved, frame));
}
