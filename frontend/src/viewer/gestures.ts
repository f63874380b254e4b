import { canvasPoint, type CanvasPoint } from "../geometry/units";
import type { ViewKey } from "./hanging";

export type DragTool = "window" | "pan";

export interface GestureTarget {
  readonly dragTool: DragTool;
  readonly ratio: number;
  click(view: ViewKey, at: CanvasPoint): void;
  hover(view: ViewKey | null): void;
  pan(view: ViewKey, dx: number, dy: number): void;
  adjustWindow(dx: number, dy: number): void;
  zoomAt(view: ViewKey, at: CanvasPoint, factor: number): void;
  dragMark(id: string, view: ViewKey, at: CanvasPoint, done: boolean): void;
  selectMark(id: string): void;
}

interface Drag {
  readonly view: ViewKey;
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

const markOf = (event: Event): string | null =>
  (event.target instanceof Element &&
    event.target.closest<HTMLElement>("[data-mark]")?.dataset.mark) ||
  null;

function pointIn(pane: HTMLElement, event: MouseEvent, ratio: number): CanvasPoint {
  const box = pane.getBoundingClientRect();
  return canvasPoint((event.clientX - box.left) * ratio, (event.clientY - box.top) * ratio);
}

function chooseTool(event: PointerEvent, preferred: DragTool): DragTool {
  if (event.button === 1 || event.shiftKey) return "pan";
  if (event.button === 2) return preferred === "window" ? "pan" : "window";
  return preferred;
}

/** Turns pointer and wheel events on the stage into what they mean. */
export function attachGestures(stage: HTMLElement, target: GestureTarget): () => void {
  let drag: Drag | null = null;
  const controller = new AbortController();
  const options = { signal: controller.signal };

  const down = (event: PointerEvent): void => {
    const pane = paneOf(event);
    if (!pane) return;
    const view = pane.dataset.view as ViewKey;
    const tool = chooseTool(event, target.dragTool);
    const mark = event.button === 0 ? markOf(event) : null;
    drag = { view, mark, tool, moved: false, x: event.clientX, y: event.clientY };
    stage.setPointerCapture(event.pointerId);
    if (mark) target.selectMark(mark);
    else stage.focus({ preventScroll: true });
    event.preventDefault();
  };

  const move = (event: PointerEvent): void => {
    if (!drag) {
      target.hover((paneOf(event)?.dataset.view as ViewKey | undefined) ?? null);
      return;
    }
    const dx = event.clientX - drag.x;
    const dy = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(dx, dy) < CLICK_SLACK_PX) return;
    drag.moved = true;
    drag.x = event.clientX;
    drag.y = event.clientY;
    const pane = stage.querySelector<HTMLElement>(`[data-view="${drag.view}"]`);
    if (drag.mark && pane) {
      target.dragMark(drag.mark, drag.view, pointIn(pane, event, target.ratio), false);
    } else if (drag.tool === "pan") target.pan(drag.view, dx * target.ratio, dy * target.ratio);
    else target.adjustWindow(dx, dy);
  };

  const up = (event: PointerEvent): void => {
    const ended = drag;
    drag = null;
    const pane = ended && stage.querySelector<HTMLElement>(`[data-view="${ended.view}"]`);
    if (!ended || !pane) return;
    const at = pointIn(pane, event, target.ratio);
    if (ended.mark && ended.moved) target.dragMark(ended.mark, ended.view, at, true);
    else if (!ended.mark && !ended.moved && event.button === 0) target.click(ended.view, at);
  };

  const wheel = (event: WheelEvent): void => {
    const pane = paneOf(event);
    if (!pane) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
    const factor = Math.exp(-event.deltaY * lines * 0.0015);
    target.zoomAt(pane.dataset.view as ViewKey, pointIn(pane, event, target.ratio), factor);
  };

  stage.addEventListener("pointerdown", down, options);
  stage.addEventListener("pointermove", move, options);
  stage.addEventListener("pointerup", up, options);
  stage.addEventListener("pointercancel", () => (drag = null), options);
  stage.addEventListener("pointerleave", () => !drag && target.hover(null), options);
  stage.addEventListener("wheel", wheel, { ...options, passive: false });
  stage.addEventListener("contextmenu", (event) => event.preventDefault(), options);
  return () => controller.abort();
}
