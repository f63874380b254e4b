import type { Camera, PaneSize } from "../geometry/camera";
import { canvasPx, type ImagePoint } from "../geometry/units";
import type { Cameras } from "./cameras";
import type { Greys } from "./grey-control";
import type { ViewKey } from "./hanging";
import type { Cell } from "./layout";
import type { MarkShape, OutlineShape } from "./overlay";
import { Painter } from "./painter";
import { Pane } from "./pane";
import type { RendererKind } from "./renderer";
import type { Ruler } from "./ruler";
import type { ViewSource } from "./source";
import type { ViewerOptions } from "./state";

/** All that decides what is on screen, besides the images themselves. */
export interface Picture {
  readonly cameras: Cameras;
  readonly greys: Greys;
  readonly priorShown: boolean;
  readonly lesionsShown: boolean;
  readonly marks: readonly MarkShape[];
  readonly outlines: readonly OutlineShape[];
  readonly crosshair: { readonly view: ViewKey; readonly point: ImagePoint; readonly shown: boolean };
  readonly ruler: Ruler;
}

/** The panes and where they hang. */
export class Stage {
  readonly element = document.createElement("div");
  readonly panes: ReadonlyMap<ViewKey, Pane>;
  /** Canvas pixels per CSS pixel. */
  ratio = 1;
  /** The page's letters, in CSS pixels: larger on large screens. */
  rem = 15;
  readonly #priors: ReadonlyMap<ViewKey, Pane>;
  readonly #painter = Painter.shared();
  #drawnBy: RendererKind | null = null;
  readonly #priorLabel: string;
  #cells: readonly Cell[] = [];

  constructor(views: readonly ViewSource[], options: ViewerOptions) {
    const { label, prior } = options;
    this.#priorLabel = prior ?? "";
    this.panes = new Map(views.map((view) => [view.key, new Pane(view, options)]));
    const before = views.filter((view) => view.prior);
    this.#priors = new Map(before.map((view) => [view.key, new Pane(view, options, true)]));
    this.element.className = "stage";
    this.element.tabIndex = 0;
    this.element.setAttribute("role", "application");
    this.element.setAttribute("aria-label", label);
  }

  pane(key: ViewKey): Pane {
    const pane = this.panes.get(key);
    if (!pane) throw new Error(`This case has no view ${key}.`);
    return pane;
  }

  /** The pane of a place; where a view has no exam before, its own. */
  paneOf({ view, prior }: Cell): Pane {
    return (prior && this.#priors.get(view)) || this.pane(view);
  }

  close(): void {
    for (const pane of [...this.panes.values(), ...this.#priors.values()]) pane.release();
    this.element.remove();
  }

  focus(): void {
    this.element.focus({ preventScroll: true });
  }

  hang(rows: readonly (readonly Cell[])[]): void {
    this.#cells = rows.flat();
    this.element.replaceChildren(
      ...rows.map((cells) => {
        const row = document.createElement("div");
        row.className = "stage-row";
        row.append(...cells.map((cell) => this.paneOf(cell).element));
        return row;
      }),
    );
  }

  /** Panes take on the size of their places. */
  measure(): void {
    this.ratio = window.devicePixelRatio || 1;
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 15;
    for (const cell of this.#cells) this.paneOf(cell).measure(this.ratio);
  }

  /** The size of a pane when a row of `columns` fills the stage. */
  rowSize(columns: number): PaneSize {
    const { width, height } = this.element.getBoundingClientRect();
    return {
      width: canvasPx((width / columns) * this.ratio),
      height: canvasPx(height * this.ratio),
    };
  }

  /** Lets the page choose how to draw, by a picture of this case. */
  measureRenderers(): void {
    const pane = this.pane(this.#cells[0]?.view ?? "right_cc");
    if (pane.scene) this.#painter.measure(pane.scene, pane.size);
  }

  draw(picture: Picture): void {
    if (this.#drawnBy !== this.#painter.kind) this.#changeRenderer();
    for (const cell of this.#cells) this.#drawCell(cell, picture);
  }

  #changeRenderer(): void {
    this.#drawnBy = this.#painter.kind;
    this.element.dataset.renderer = this.#drawnBy;
    for (const pane of [...this.panes.values(), ...this.#priors.values()]) pane.changeRenderer();
  }

  #drawCell(cell: Cell, picture: Picture): void {
    const { view } = cell;
    const pane = this.paneOf(cell);
    const camera: Camera = picture.cameras.get(view);
    const prior = cell.prior || picture.priorShown;
    if (cell.prior) {
      pane.prior = this.pane(view).prior;
      pane.priorStatus = this.pane(view).priorStatus;
    }
    if (prior) pane.drawPrior(camera, picture.greys, this.#priorLabel);
    else pane.drawImage(camera, picture.greys, !picture.lesionsShown);
    const here = <T extends { view: ViewKey }>(shape: T): boolean => shape.view === view && !prior;
    const outlines = picture.lesionsShown ? picture.outlines.filter(here) : [];
    const { crosshair, ruler } = picture;
    pane.drawOverlay(camera, this, outlines, picture.marks.filter(here), {
      crosshair: crosshair.shown && crosshair.view === view ? crosshair.point : null,
      ruler: ruler.lineIn(cell, pane.source.frame),
    });
  }
}
