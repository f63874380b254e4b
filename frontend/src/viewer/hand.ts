import { holdInImage, imageToSide } from "../geometry/camera";
import type { CanvasPoint } from "../geometry/units";
import { round } from "./crosshair";
import type { Desk } from "./desk";
import type { DragTool, GestureTarget } from "./gestures";
import type { ViewKey } from "./hanging";
import type { Cell } from "./layout";

/** What pointer and wheel do to the images. */
export class Hand implements GestureTarget {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get dragTool(): DragTool {
    return this.#desk.tools.drag;
  }

  get ratio(): number {
    return this.#desk.stage.ratio;
  }

  click(cell: Cell, at: CanvasPoint): void {
    const { before, crosshair, events, stage } = this.#desk;
    if (this.dragTool === "ruler" || before.refuseMark(cell.prior)) return;
    const point = this.#desk.pointAt(cell, at);
    const { width, height } = stage.pane(cell.view).source.frame;
    if (point.x < 0 || point.y < 0 || point.x > width - 1 || point.y > height - 1) return;
    crosshair.put(cell.view, point);
    crosshair.shown = false;
    events.onPlace?.(cell.view, round(point));
    this.#desk.announce();
  }

  hover(cell: Cell | null, at: CanvasPoint | null): void {
    const { tools } = this.#desk;
    tools.pointer = cell && at && { cell, at };
    if (tools.loupe.on) this.#desk.redraw();
  }

  measure(cell: Cell, at: CanvasPoint, begin: boolean): void {
    const { stage, tools } = this.#desk;
    const frame = stage.pane(cell.view).source.frame;
    tools.ruler.measure(cell, holdInImage(this.#desk.pointAt(cell, at), frame), begin);
    this.#desk.redraw();
  }

  resizeLoupe(by: number): boolean {
    const { loupe } = this.#desk.tools;
    if (loupe.on) this.#desk.redraw();
    return loupe.resize(by);
  }

  pan(view: ViewKey, dx: number, dy: number): void {
    this.#desk.cameras.pan(view, dx, dy);
    this.#desk.announce();
  }

  adjustWindow(dx: number, dy: number): void {
    this.#desk.grey.drag(dx, dy);
    this.#desk.announce();
  }

  zoomAt(cell: Cell, at: CanvasPoint, factor: number): void {
    const { cameras, stage } = this.#desk;
    const anchor = imageToSide(this.#desk.pointAt(cell, at), stage.pane(cell.view).source.frame);
    cameras.zoom(cell.view, anchor, cameras.scale * factor);
    this.#desk.announce();
  }

  dragMark(id: string, cell: Cell, at: CanvasPoint): void {
    if (!this.#desk.movableMark(id)) return;
    const { frame } = this.#desk.stage.pane(cell.view).source;
    this.#desk.events.onMove?.(id, round(holdInImage(this.#desk.pointAt(cell, at), frame)));
  }

  selectMark(id: string): void {
    this.#desk.focusMark(id);
    this.#desk.events.onSelect?.(id);
  }
}
