import type { Camera, PaneSize } from "../geometry/camera";
import { canvasPx, type ImagePoint } from "../geometry/units";
import { sideOf, viewLabel, type ViewKey } from "./hanging";
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
import type { Greys } from "./grey-control";
import { Painter } from "./painter";
import type { Renderer, Scene } from "./renderer";
import { drawRuler, type RulerLine } from "./ruler";
import type { ViewSource } from "./source";
import type { ViewerOptions } from "./state";
import { StatusBox, type Status } from "./status-box";
import { buildLookup, changeWindow } from "./window";

function makeElement(className: string, text = ""): HTMLDivElement {
  const element = document.createElement("div");
  element.className = className;
  element.textContent = text;
  return element;
}

/** What points and measures in one pane. */
export interface Pointers {
  readonly crosshair: ImagePoint | null;
  readonly ruler: RulerLine | null;
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
  /** What the pane shows now; null while it has no picture. */
  scene: Scene | null = null;
  readonly #canvas = document.createElement("canvas");
  /** None once the pane is released. */
  #renderer: Renderer | null;
  readonly #overlay = svgElement("svg", { class: "overlay", "aria-hidden": "true" });
  readonly #marks = makeElement("marks");
  readonly #label: HTMLDivElement;
  readonly #statusBox: StatusBox;
  status: Status;
  priorStatus: Status;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  #lookup: { key: string; table: Uint32Array } | null = null;

  constructor(source: ViewSource, { notice, words }: ViewerOptions, isPrior = false) {
    this.source = source;
    const outer = sideOf(source.key) === "right" ? "outer-left" : "outer-right";
    this.element = makeElement(`pane ${outer}`);
    this.element.dataset.view = source.key;
    if (isPrior) this.element.dataset.prior = "true";
    this.#canvas.setAttribute("role", "img");
    this.#canvas.setAttribute("aria-label", words.describe(source.key, isPrior));
    this.#renderer = Painter.shared().make(this.#canvas);
    this.#label = makeElement("pane-label", viewLabel(source.key));
    this.#statusBox = new StatusBox(words.tryAgain);
    this.status = words.loading;
    this.priorStatus = source.prior ? words.loading : "";
    this.element.append(
      this.#canvas,
      this.#overlay,
      this.#label,
      makeElement("pane-notice", notice),
      this.#statusBox.element,
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
    this.#renderer?.resize(this.size);
  }

  /** After the way to draw has changed; the pane must be drawn anew. */
  changeRenderer(): void {
    this.#renderer = Painter.shared().make(this.#canvas);
    this.#renderer.resize(this.size);
  }

  /** Lets go of every picture: whoever still knows the viewer then holds no images. */
  release(): void {
    this.pyramid = this.base = this.variant = this.prior = this.scene = null;
    this.#renderer = this.#lookup = null;
    this.#canvas.width = this.#canvas.height = 0;
  }

  /** Draws the exam before in the place of the current one; `label` stands over it. */
  drawPrior(camera: Camera, greys: Greys, label: string): void {
    this.#showLabel(`${viewLabel(this.key)} ${label}`, true);
    this.#statusBox.tell(this.priorStatus);
    this.#draw(this.prior, camera, greys);
  }

  drawImage(camera: Camera, greys: Greys, withBase: boolean): void {
    this.#showLabel(viewLabel(this.key), false);
    this.#statusBox.tell(this.status);
    const { full, base } = this.variant ?? { full: this.pyramid, base: this.base };
    this.#draw((withBase && base) || full, camera, greys);
  }

  #showLabel(text: string, prior: boolean): void {
    if (this.#label.textContent !== text) this.#label.textContent = text;
    this.element.classList.toggle("is-prior", prior);
  }

  #draw(pyramid: Pyramid | null, camera: Camera, { change, curve, inverted }: Greys): void {
    if (!pyramid) {
      this.scene = null;
      this.#renderer?.clear();
      return;
    }
    const window = changeWindow(this.source.window, change);
    const key = `${window.center} ${window.width} ${pyramid.air} ${inverted} ${curve}`;
    if (this.#lookup?.key !== key) {
      this.#lookup = { key, table: buildLookup(window, pyramid.air, inverted, curve) };
    }
    this.scene = { pyramid, frame: this.source.frame, camera, lookup: this.#lookup.table };
    this.#renderer?.draw(this.scene);
  }

  drawOverlay(
    camera: Camera,
    { ratio, rem }: { readonly ratio: number; readonly rem: number },
    outlines: readonly OutlineShape[],
    marks: readonly MarkShape[],
    { crosshair, ruler }: Pointers,
  ): void {
    const project = makeProject(camera, this.source.frame, this.size, ratio);
    const { width, height } = this.size;
    const size = { width: width / ratio, height: height / ratio, rem };
    const shapes = drawOutlines(outlines, project, size);
    if (ruler) shapes.push(drawRuler(project(ruler.from), project(ruler.to), ruler.text));
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
