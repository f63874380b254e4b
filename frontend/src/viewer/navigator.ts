import { imageToCanvas, imageToSide, oneToOneScale } from "../geometry/camera";
import { NOMINAL_CSS_PX_PER_MM } from "../geometry/measure";
import type { ImagePoint, SidePoint } from "../geometry/units";
import type { Cameras } from "./cameras";
import type { Crosshair } from "./crosshair";
import { hangingsOf, type Hanging, type ViewKey } from "./hanging";
import { arrange } from "./layout";
import type { Stage } from "./stage";
import type { ViewerState } from "./state";
import { onlyView, walk, type Step } from "./steps";

const PAN_CSS_PX = 60;

/** Where on the images the reader is: the step, the crosshair, and how near. */
export class Navigator {
  readonly hangings: readonly Hanging[];
  step: Step;
  /** What a display check measured, or what CSS assumes. */
  cssPxPerMm = NOMINAL_CSS_PX_PER_MM;
  readonly #stage: Stage;
  readonly #cameras: Cameras;
  readonly #crosshair: Crosshair;

  constructor(stage: Stage, cameras: Cameras, crosshair: Crosshair) {
    this.#stage = stage;
    this.#cameras = cameras;
    this.#crosshair = crosshair;
    this.hangings = hangingsOf([...stage.panes.keys()]);
    this.step = { hanging: this.#first, part: null };
  }

  get #first(): Hanging {
    return this.hangings[0] as Hanging;
  }

  get shown(): ViewKey[] {
    return this.step.hanging.rows.flat();
  }

  /** Canvas pixels per millimetre at which a centimetre on screen is one. */
  get trueScale(): number {
    return this.cssPxPerMm * this.#stage.ratio;
  }

  get part(): ViewerState["part"] {
    const { hanging, part } = this.step;
    const view = onlyView(hanging);
    return view && part !== null ? { number: part + 1, count: this.#parts(view).length } : null;
  }

  get beside(): boolean {
    return this.#cameras.withBefore;
  }

  /** Hangs the exam before beside this one, or takes it away. */
  hangBeside(beside: boolean): void {
    this.#cameras.withBefore = beside;
    this.goTo(this.step);
  }

  walk(by: 1 | -1): void {
    this.goTo(walk(this.step, by, (view) => this.#parts(view).length, this.hangings));
  }

  /** Hangs by name, where this case has such a hanging: all there is, a pair, or one view. */
  hang(name: "four" | "cc" | "mlo" | "single"): void {
    const { view } = this.#crosshair;
    const hanging =
      name === "four"
        ? this.#first
        : this.hangings.find((each) => (name === "single" ? onlyView(each) === view : each.key === name));
    if (hanging) this.goTo({ hanging, part: null });
  }

  /** Hangs a step; of a view alone it shows the step's part in 1:1. */
  goTo(step: Step): void {
    const before = this.step;
    this.step = step;
    // The panes are hung anew, and a mark in them would take the focus with it.
    if (this.#stage.element.contains(document.activeElement)) this.#stage.focus();
    this.#stage.hang(arrange(step.hanging, this.beside));
    const { shown } = this;
    if (!shown.includes(this.#crosshair.view)) this.#crosshair.enter(shown[0] as ViewKey);
    this.#stage.measure();
    const view = onlyView(step.hanging);
    const part = view && step.part !== null ? this.#parts(view)[step.part] : undefined;
    if (view && part) this.#cameras.put(view, part, this.#oneToOne(view));
    // The parts' zoom was the step's, not the reader's.
    else if (before.part !== null || this.#cameras.fitted) this.fit();
  }

  fit(): void {
    this.#cameras.fit(this.shown, this.#stage.pane(this.shown[0] as ViewKey).size);
  }

  /** Takes on the stage's size. */
  layout(): void {
    this.#stage.measure();
    if (this.#cameras.fitted) this.fit();
  }

  /** Zooms at the crosshair; null is 1:1. */
  zoomTo(scale: number | null): void {
    const { view, point } = this.#crosshair;
    const { frame } = this.#stage.pane(view).source;
    this.#cameras.zoom(view, imageToSide(point, frame), scale ?? oneToOneScale(frame));
  }

  /** Brings an image point to the middle at 1:1. */
  lookAt(view: ViewKey, point: ImagePoint): void {
    if (!this.shown.includes(view)) this.hang("four");
    const at = imageToSide(point, this.#stage.pane(view).source.frame);
    this.#cameras.zoom(view, at, this.#oneToOne(view));
    this.#cameras.centre(view, at);
    this.#crosshair.put(view, point);
    this.#crosshair.shown = false;
  }

  /** Pans the crosshair's view by the keyboard. */
  pan(right: number, down: number): void {
    const step = -PAN_CSS_PX * this.#stage.ratio;
    this.#cameras.pan(this.#crosshair.view, right * step, down * step);
  }

  nextView(by: 1 | -1): void {
    const { shown } = this;
    const index = shown.indexOf(this.#crosshair.view);
    this.#crosshair.enter(shown[(index + by + shown.length) % shown.length] as ViewKey);
  }

  /** Moves the crosshair, and the picture after it where it would leave the pane. */
  moveCrosshair(right: number, down: number): void {
    const { view, point } = this.#crosshair.move(right, down, this.step.hanging);
    const pane = this.#stage.pane(view);
    const at = imageToCanvas(point, this.#cameras.get(view), pane.source.frame, pane.size);
    const seen = at.x >= 0 && at.y >= 0 && at.x <= pane.size.width && at.y <= pane.size.height;
    if (!seen) this.#cameras.centre(view, imageToSide(point, pane.source.frame));
  }

  #oneToOne(view: ViewKey): number {
    return oneToOneScale(this.#stage.pane(view).source.frame);
  }

  /** Where to look to see a view whole at 1:1, as the stage is now. */
  #parts(view: ViewKey): SidePoint[] {
    const size = this.#stage.rowSize(this.beside ? 2 : 1);
    return this.#cameras.parts(view, this.#oneToOne(view), size);
  }
}
