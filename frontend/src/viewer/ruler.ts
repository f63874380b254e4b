import type { ImageFrame } from "../geometry/camera";
import { distanceMm } from "../geometry/measure";
import type { ImagePoint } from "../geometry/units";
import type { ViewKey } from "./hanging";
import { svgElement } from "./overlay";

/** A distance in one view, from where it was begun to where the hand is now. */
export class Ruler {
  view: ViewKey | null = null;
  #from: ImagePoint | null = null;
  #to: ImagePoint | null = null;

  begin(view: ViewKey, point: ImagePoint): void {
    this.view = view;
    this.#from = this.#to = point;
  }

  /** Goes on to a point; in another view it begins anew. */
  reach(view: ViewKey, point: ImagePoint): void {
    if (view !== this.view) this.begin(view, point);
    else this.#to = point;
  }

  /** By hand: from where it was begun, in that view alone. */
  measure(view: ViewKey, point: ImagePoint, begin: boolean): void {
    if (begin) this.begin(view, point);
    else if (view === this.view) this.#to = point;
  }

  remove(): void {
    this.view = this.#from = this.#to = null;
  }

  get line(): { readonly from: ImagePoint; readonly to: ImagePoint } | null {
    return this.#from && this.#to ? { from: this.#from, to: this.#to } : null;
  }

  /** The length in words, "12.3 mm"; null while there is none. */
  describe(frame: ImageFrame): string | null {
    const { line } = this;
    return line && `${distanceMm(line.from, line.to, frame).toFixed(1)} mm`;
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
