import type { Camera, PaneSize } from "../geometry/camera";
import { canvasPx, type ImagePoint } from "../geometry/units";
import { sideOf, viewLabel, viewName, type ViewKey } from "./hanging";
import {
  drawCrosshair,
  drawOutlines,
  makeProject,
  svgElement,
  type MarkShape,
  type OutlineShape,
  type Project,
} from "./overlay";
import type { Pyramid } from "./pyramid";
import { CanvasRenderer, type Renderer } from "./renderer";
import type { ViewSource } from "./source";
import { buildLookup, changeWindow, type WindowChange } from "./window";

function makeElement(className: string, text = ""): HTMLDivElement {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = text;
  return element;
}

/** One view on screen: its image, its labels, its marks. */
export class Pane {
  readonly element: HTMLDivElement;
  readonly source: ViewSource;
  pyramid: Pyramid | null = null;
  /** Shown instead of `pyramid` while a lesion is taken out. */
  base: Pyramid | null = null;
  /** Shown in the place of both while the case is shown otherwise. */
  variant: { readonly full: Pyramid; readonly base: Pyramid | null } | null = null;
  /** The exam before, once it is there. */
  prior: Pyramid | null = null;
  size: PaneSize = { width: canvasPx(1), height: canvasPx(1) };
  readonly #renderer: Renderer;
  readonly #overlay = svgElement("svg", { class: "overlay", "aria-hidden": "true" });
  readonly #marks = makeElement("marks");
  readonly #label: HTMLDivElement;
  readonly #status: HTMLDivElement;
  #priorProblem = "";
  readonly #buttons = new Map<string, HTMLButtonElement>();
  #lookup: { key: string; table: Uint32Array } | null = null;

  constructor(source: ViewSource, notice: string) {
    this.source = source;
    const outer = sideOf(source.key) === "right" ? "outer-left" : "outer-right";
    this.element = makeElement(`pane ${outer}`);
    this.element.dataset.view = source.key;
    const canvas = document.createElement("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${viewName(source.key)} view, synthetic mammogram`);
    this.#renderer = new CanvasRenderer(canvas);
    this.#label = makeElement("pane-label", viewLabel(source.key));
    this.#status = makeElement("pane-status", "Loading");
    this.element.append(
      canvas,
      this.#overlay,
      this.#label,
      makeElement("pane-notice", notice),
      this.#status,
      this.#marks,
    );
  }

  get key(): ViewKey {
    return this.source.key;
  }

  /** Takes on the size of its place in the layout, in device pixels. */
  measure(ratio: number): void {
    const { clientWidth, clientHeight } = this.element;
    const width = Math.max(1, Math.round(clientWidth * ratio));
    const height = Math.max(1, Math.round(clientHeight * ratio));
    this.size = { width: canvasPx(width), height: canvasPx(height) };
    this.#renderer.resize(this.size);
  }

  setStatus(text: string, isError = false): void {
    this.#status.textContent = text;
    this.#status.classList.toggle("is-error", isError);
    if (isError) this.#status.setAttribute("role", "alert");
  }

  setPriorProblem(text: string): void {
    this.#priorProblem = text;
  }

  /** Draws the exam before in the place of the current one; `label` stands over it. */
  drawPrior(camera: Camera, change: WindowChange, inverted: boolean, label: string): void {
    const state = this.prior ? label : `${label}: ${this.#priorProblem || "loading"}`;
    this.#showLabel(`${viewLabel(this.key)} ${state}`, true);
    this.#draw(this.prior, camera, change, inverted);
  }

  drawImage(camera: Camera, change: WindowChange, inverted: boolean, withBase: boolean): void {
    this.#showLabel(viewLabel(this.key), false);
    const { full, base } = this.variant ?? { full: this.pyramid, base: this.base };
    this.#draw((withBase && base) || full, camera, change, inverted);
  }

  #showLabel(text: string, prior: boolean): void {
    if (this.#label.textContent !== text) this.#label.textContent = text;
    this.element.classList.toggle("is-prior", prior);
  }

  #draw(pyramid: Pyramid | null, camera: Camera, change: WindowChange, inverted: boolean): void {
    if (!pyramid) {
      this.#renderer.clear();
      return;
    }
    const window = changeWindow(this.source.window, change);
    const key = `${window.center} ${window.width} ${pyramid.air} ${inverted}`;
    if (this.#lookup?.key !== key) {
      this.#lookup = { key, table: buildLookup(window, pyramid.air, inverted) };
    }
    this.#renderer.draw({ pyramid, frame: this.source.frame, camera, lookup: this.#lookup.table });
  }

  drawOverlay(
    camera: Camera,
    ratio: number,
    outlines: readonly OutlineShape[],
    marks: readonly MarkShape[],
    crosshair: ImagePoint | null,
  ): void {
    const project = makeProject(camera, this.source.frame, this.size, ratio);
    const { width, height } = this.size;
    const shapes = drawOutlines(outlines, project, { width: width / ratio, height: height / ratio });
    if (crosshair) shapes.push(drawCrosshair(project(crosshair)));
    this.#overlay.replaceChildren(...shapes);
    this.#drawMarks(marks, project);
  }

  focusMark(id: string): boolean {
    const button = this.#buttons.get(id);
    button?.focus({ preventScroll: true });
    return button !== undefined;
  }

  /** Buttons are kept between draws, so that the focus stays where it is. */
  #drawMarks(marks: readonly MarkShape[], project: Project): void {
    const wanted = new Set(marks.map((mark) => mark.id));
    for (const [id, button] of this.#buttons) {
      if (wanted.has(id)) continue;
      button.remove();
      this.#buttons.delete(id);
    }
    for (const mark of marks) {
      const button = this.#buttons.get(mark.id) ?? this.#addButton(mark.id);
      const { x, y } = project(mark.point);
      button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      const className = `mark tone-${mark.tone}${mark.selected ? " is-selected" : ""}`;
      if (button.className !== className) button.className = className;
      if (button.ariaLabel !== mark.description) button.ariaLabel = mark.description;
      const label = button.lastElementChild as HTMLElement;
      if (label.textContent !== mark.label) label.textContent = mark.label;
      button.ariaPressed = String(mark.selected);
    }
  }

  #addButton(id: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.mark = id;
    button.append(document.createElement("i"), document.createElement("span"));
    this.#marks.append(button);
    this.#buttons.set(id, button);
    return button;
  }
}
