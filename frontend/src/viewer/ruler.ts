import type { ImageFrame } from "../geometry/camera";
import { distanceMm } from "../geometry/measure";
import type { ImagePoint } from "../geometry/units";
import type { Cell } from "./layout";
import { svgElement } from "./overlay";

export interface RulerLine {
  readonly from: ImagePoint;
  readonly to: ImagePoint;
  /** Its length, "12.3 mm". */
  readonly text: string;
}

/** A distance in one image, from where it was begun to where the hand is now. */
export class Ruler {
  #cell: Cell | null = null;
  #from: ImagePoint | null = null;
  #to: ImagePoint | null = null;

  begin(cell: Cell, point: ImagePoint): void {
    this.#cell = cell;
    this.#from = this.#to = point;
  }

  /** Goes on to a point; in another image it begins anew. */
  reach(cell: Cell, point: ImagePoint): void {
    if (this.#lies(cell)) this.#to = point;
    else this.begin(cell, point);
  }

  /** By hand: from where it was begun, in that image alone. */
  measure(cell: Cell, point: ImagePoint, begin: boolean): void {
    if (begin) this.begin(cell, point);
    else if (this.#lies(cell)) this.#to = point;
  }

  remove(): void {
    this.#cell = this.#from = this.#to = null;
  }

  /** The line in an image, with its length in words; null where it does not lie. */
  lineIn(cell: Cell, frame: ImageFrame): RulerLine | null {
    const from = this.#from;
    const to = this.#to;
    if (!from || !to || !this.#lies(cell)) return null;
    return { from, to, text: `${distanceMm(from, to, frame).toFixed(1)} mm` };
  }

  #lies(cell: Cell): boolean {
    return this.#cell?.view === cell.view && this.#cell.prior === cell.prior;
  }
}

type Place = { readonly x: number; readonly y: number };

/** Half the length of the strokes across a ruler's ends, in CSS pixels. */
const TICK = 6;

/** The line with its ends and its length, as an SVG group. */
export function drawRuler(from: Place, to: Place, text: string): SVGElement {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const across = { x: (-(to.y - from.y) / length) * TICK, y: ((to.x - from.x) / length) * TICK };
  const stroke = (a: Place, b: Place): string =>
    `M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  const tick = ({ x, y }: Place): string =>
    stroke({ x: x - across.x, y: y - across.y }, { x: x + across.x, y: y + across.y });
  const path = stroke(from, to) + tick(from) + tick(to);
  const group = svgElement("g", { class: "ruler" });
  group.append(svgElement("path", { d: path, class: "crosshair-halo" }));
  group.append(svgElement("path", { d: path, class: "crosshair-line" }));
  const label = svgElement("text", {
    x: ((from.x + to.x) / 2 + 10).toFixed(1),
    y: ((from.y + to.y) / 2 - 10).toFixed(1),
    class: "outline-label numeric",
  });
  label.textContent = text;
  group.append(label);
  return group;
}
