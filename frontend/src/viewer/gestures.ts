import { canvasPoint, type CanvasPoint } from "../geometry/units";
import type { ViewKey } from "./hanging";
import type { Cell } from "./layout";

export type DragTool = "window" | "pan" | "ruler";

export interface GestureTarget {
  readonly dragTool: DragTool;
  readonly ratio: number;
  click(cell: Cell, at: CanvasPoint): void;
  hover(cell: Cell | null, at: CanvasPoint | null): void;
  /** Begins a distance at a point, or goes on to it. */
  measure(cell: Cell, at: CanvasPoint, begin: boolean): void;
  /** Whether the wheel with Shift belongs to the loupe; then it was used. */
  resizeLoupe(by: number): boolean;
  pan(view: ViewKey, dx: number, dy: number): void;
  adjustWindow(dx: number, dy: number): void;
  zoomAt(cell: Cell, at: CanvasPoint, factor: number): void;
  dragMark(id: string, cell: Cell, at: CanvasPoint): void;
  selectMark(id: string): void;
}

interface Drag {
  readonly pane: HTMLElement;
  readonly cell: Cell;
  readonly mark: string | null;
  readonly tool: DragTool;
  moved: boolean;
  x: number;
  y: number;
}

/** A hand that trembles by less than this still clicks. */
const CLICK_SLACK_PX = 4;

const paneOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(".pane") : null;

const cellOf = ({ dataset }: HTMLElement): Cell => ({
  view: dataset.view as ViewKey,
  prior: dataset.prior !== undefined,
});

const markOf = (event: Event): string | null =>
  (event.target instanceof Element &&
    event.target.closest<HTMLElement>("[data-mark]")?.dataset.mark) ||
  null;

/** A button in a pane other than a mark: it is pressed, and nothing is dragged. */
const isButton = (event: Event): boolean =>
  event.target instanceof Element && event.target.closest("button:not([data-mark])") !== null;

function pointIn(pane: HTMLElement, event: MouseEvent, ratio: number): CanvasPoint {
  const box = pane.getBoundingClientRect();
  return canvasPoint((event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio);
}

function chooseTool(event: PointerEvent, preferred: DragTool): DragTool {
  if (event.button === 1 || event.shiftKey) return "pan";
  if (event.button === 2) return preferred === "window" ? "pan" : "window";
  if (event.button !== 0) return "pan";
  return preferred;
}

/** Turns pointer and wheel events on the stage into what they mean. */
export function attachGestures(stage: HTMLElement, target: GestureTarget): () => void {
  let drag: Drag | null = null;
  const controller = new AbortController();
  const options = { signal: controller.signal };

  const down = (event: PointerEvent): void => {
    const pane = paneOf(event);
    if (!pane || isButton(event)) return;
    const cell = cellOf(pane);
    const tool = chooseTool(event, target.dragTool);
    const mark = event.button === 0 ? markOf(event) : null;
    drag = { pane, cell, mark, tool, moved: false, x: event.clientX, y: event.clientY };
    stage.setPointerCapture(event.pointerId);
    if (mark) target.selectMark(mark);
    else stage.focus({ preventScroll: true });
    if (tool === "ruler" && !mark) target.measure(cell, pointIn(pane, event, target.ratio), true);
    event.preventDefault();
  };

  const move = (event: PointerEvent): void => {
    if (!drag) {
      const over = paneOf(event);
      target.hover(over && cellOf(over), over && pointIn(over, event, target.ratio));
      return;
    }
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < CLICK_SLACK_PX) return;
    drag.moved = true;
    drag.x = event.clientX;
    drag.y = event.clientY;
    const at = pointIn(drag.pane, event, target.ratio);
    if (drag.mark) target.dragMark(drag.mark, drag.cell, at);
    else if (drag.tool === "ruler") target.measure(drag.cell, at, false);
    else if (drag.tool === "pan") target.pan(drag.cell.view, dx * target.ratio, dy * target.ratio);
    else target.adjustWindow(dx, dy);
  };

  const up = (event: PointerEvent): void => {
    const ended = drag;
    drag = null;
    if (!ended) return;
    const at = pointIn(ended.pane, event, target.ratio);
    if (ended.mark && ended.moved) target.dragMark(ended.mark, ended.cell, at);
    else if (!ended.mark && !ended.moved && event.button === 0) target.click(ended.cell, at);
  };

  const wheel = (event: WheelEvent): void => {
    const pane = paneOf(event);
    if (!pane) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
    // Held with Shift, some systems turn the wheel sideways.
    if (event.shiftKey && target.resizeLoupe(Math.sign(-(event.deltaY || event.deltaX)))) return;
    const factor = Math.exp(-event.deltaY * lines * 0.0015);
    target.zoomAt(cellOf(pane), pointIn(pane, event, target.ratio), factor);
  };

  stage.addEventListener("pointerdown", down, options);
  stage.addEventListener("pointermove", move, options);
  stage.addEventListener("pointerup", up, options);
  stage.addEventListener("pointercancel", () => (drag = null), options);
  stage.addEventListener("pointerleave", () => !drag && target.hover(null, null), options);
  stage.addEventListener("wheel", wheel, { ...options, passive: false });
  stage.addEventListener("contextmenu", (event) => event.preventDefault(), options);
  return () => controller.abort();
}
