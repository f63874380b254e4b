import { canvasToImage, holdInImage, imageToCanvas, imageToSide, oneToOneScale } from "../geometry/camera";
import type { CanvasPoint, ImagePoint } from "../geometry/units";
import { Attention } from "./attention";
import { Cameras } from "./cameras";
import { Crosshair, nudge, round } from "./crosshair";
import { attachGestures, type DragTool, type GestureTarget } from "./gestures";
import { findHanging, FOUR_UP, stepHanging, type Hanging, type ViewKey } from "./hanging";
import { commandOf, type ViewerCommand } from "./keys";
import { GreyControl } from "./grey-control";
import { Images } from "./images";
import type { MarkShape, OutlineShape } from "./overlay";
import { Pane } from "./pane";
import { findExtent, type Level, type Pyramid } from "./pyramid";
import type { FrameSource, Variant, ViewSource } from "./source";
import type { ViewerEvents, ViewerOptions, ViewerState } from "./state";
import { watchAttention, type Watched } from "./watch";
import type { WindowChange } from "./window";

/** The reading room's images: panes, cameras, window, marks. No framework. */
export class Viewer implements GestureTarget {
  readonly attention: Attention;
  dragTool: DragTool = "window";
  ratio = 1;
  readonly #stage = document.createElement("div");
  readonly #events: ViewerEvents;
  readonly #panes = new Map<ViewKey, Pane>();
  readonly #cameras: Cameras;
  readonly #crosshair: Crosshair;
  readonly #images: Images;
  readonly #grey = new GreyControl();
  readonly #cleanups: (() => void)[] = [];
  #hanging = FOUR_UP;
  readonly #priorLabel: string | null;
  #lesionsShown = true;
  #priorShown = false;
  #markRefused = false;
  #marks: readonly MarkShape[] = [];
  #outlines: readonly OutlineShape[] = [];
  #hovered: ViewKey | null = null;
  #pending = 0;

  constructor(host: HTMLElement, views: readonly ViewSource[], options: ViewerOptions, events: ViewerEvents) {
    this.#events = events;
    this.#priorLabel = options.prior;
    this.attention = new Attention(options.attention);
    for (const view of views) this.#panes.set(view.key, new Pane(view, options.notice));
    this.#cameras = new Cameras(new Map(views.map((view) => [view.key, view.frame])));
    this.#crosshair = new Crosshair(views);
    this.#images = new Images(this.#panes, {
      first: (pane, pyramid) => this.#learnImage(pane, pyramid),
      previewed: () => this.#layout(),
      ready: () => {
        this.#draw();
        this.#events.onState?.(this.state);
      },
    });
    this.#stage.className = "stage";
    this.#stage.tabIndex = 0;
    this.#stage.setAttribute("role", "application");
    this.#stage.setAttribute("aria-label", options.label);
    host.append(this.#stage);
    this.#listen();
    this.hang(FOUR_UP);
    this.#images.load();
  }

  close(): void {
    for (const cleanup of this.#cleanups) cleanup();
    cancelAnimationFrame(this.#pending);
    this.#images.close();
    this.#stage.remove();
  }

  focus(): void {
    this.#stage.focus({ preventScroll: true });
  }

  focusMark(id: string): void {
    for (const pane of this.#panes.values()) if (pane.focusMark(id)) return;
  }

  get state(): ViewerState {
    const frame = this.#pane(this.#crosshair.view).source.frame;
    return {
      hanging: this.#hanging,
      preset: this.#grey.preset,
      inverted: this.#grey.inverted,
      synchronised: this.#cameras.synchronised,
      dragTool: this.dragTool,
      lesionsShown: this.#lesionsShown,
      priorShown: this.#priorShown,
      markRefused: this.#markRefused,
      crosshairView: this.#crosshair.view,
      zoom: this.#cameras.scale * frame.pixelMm,
      ready: this.#images.ready,
    };
  }

  setMarks(marks: readonly MarkShape[]): void {
    this.#marks = marks;
    this.#redraw();
  }

  setOutlines(outlines: readonly OutlineShape[]): void {
    this.#outlines = outlines;
    this.#redraw();
  }

  setWindow(change: WindowChange): void {
    this.#grey.change = change;
    this.#announce();
  }

  hang(hanging: Hanging): void {
    this.#hanging = hanging;
    const rows = hanging.rows.map((views) => {
      const row = document.createElement("div");
      row.className = "stage-row";
      row.append(...views.map((key) => this.#pane(key).element));
      return row;
    });
    this.#stage.replaceChildren(...rows);
    const shown = hanging.rows.flat();
    if (!shown.includes(this.#crosshair.view)) this.#crosshair.enter(shown[0] as ViewKey);
    this.#layout();
    this.#announce();
  }

  /** Gives the frames without lesions, fetched when first wanted. */
  async loadBases(bases: Readonly<Partial<Record<ViewKey, FrameSource>>>): Promise<void> {
    await this.#images.loadBases(bases);
    this.#redraw();
  }

  /** Shows the case otherwise, in place: zoom, pan and window stay. Null shows it as it is. */
  async showVariant(variant: Variant | null): Promise<void> {
    await this.#images.showVariant(variant);
    this.showPrior(false);
  }

  showLesions(shown: boolean): void {
    this.#lesionsShown = shown;
    this.#announce();
  }

  /** Shows the exam before in place; its images are looked at and never marked. */
  showPrior(shown: boolean): void {
    // A mark that holds the focus goes away with the current images; the keys must go on.
    if (this.#stage.contains(document.activeElement)) this.focus();
    this.#priorShown = shown && this.#priorLabel !== null;
    this.#markRefused = false;
    this.#announce();
  }

  /** Brings an image point to the middle at 1:1. */
  lookAt(view: ViewKey, point: ImagePoint): void {
    this.#priorShown = false;
    this.#markRefused = false;
    if (!this.#hanging.rows.flat().includes(view)) this.hang(FOUR_UP);
    const frame = this.#pane(view).source.frame;
    const at = imageToSide(point, frame);
    this.#cameras.zoom(view, at, oneToOneScale(frame));
    this.#cameras.centre(view, at);
    this.#crosshair.put(view, point);
    this.#crosshair.shown = false;
    this.#announce();
  }

  run(command: ViewerCommand): void {
    const view = this.#crosshair.view;
    if (command.do === "step") this.hang(stepHanging(this.#hanging, command.by));
    else if (command.do === "hang") this.hang(findHanging(command.key === "single" ? view : command.key));
    else if (command.do === "cross") this.#moveCrosshair(command.right, command.down);
    else if (command.do === "next-view") this.#nextView(command.by);
    else if (command.do === "pan") this.pan(view, command.right * -60 * this.ratio, command.down * -60 * this.ratio);
    else if (command.do === "zoom") this.#zoomAtCrosshair(this.#cameras.scale * command.factor);
    else if (command.do === "window") this.adjustWindow(command.dx, command.dy);
    else this.#runSimple(command.do);
  }

  click(view: ViewKey, at: CanvasPoint): void {
    if (this.#refuseMark()) return;
    const pane = this.#pane(view);
    const point = canvasToImage(at, this.#cameras.get(view), pane.source.frame, pane.size);
    const { width, height } = pane.source.frame;
    if (point.x < 0 || point.y < 0 || point.x > width - 1 || point.y > height - 1) return;
    this.#crosshair.put(view, point);
    this.#crosshair.shown = false;
    this.#events.onPlace?.(view, round(point));
    this.#announce();
  }

  hover(view: ViewKey | null): void {
    this.#hovered = view;
  }

  pan(view: ViewKey, dx: number, dy: number): void {
    this.#cameras.pan(view, dx, dy);
    this.#announce();
  }

  adjustWindow(dx: number, dy: number): void {
    this.#grey.drag(dx, dy);
    this.#announce();
  }

  zoomAt(view: ViewKey, at: CanvasPoint, factor: number): void {
    const pane = this.#pane(view);
    const point = canvasToImage(at, this.#cameras.get(view), pane.source.frame, pane.size);
    this.#cameras.zoom(view, imageToSide(point, pane.source.frame), this.#cameras.scale * factor);
    this.#announce();
  }

  dragMark(id: string, view: ViewKey, at: CanvasPoint): void {
    const mark = this.#marks.find((candidate) => candidate.id === id);
    if (!mark?.movable) return;
    const pane = this.#pane(view);
    const point = canvasToImage(at, this.#cameras.get(view), pane.source.frame, pane.size);
    this.#events.onMove?.(id, round(holdInImage(point, pane.source.frame)));
  }

  selectMark(id: string): void {
    this.focusMark(id);
    this.#events.onSelect?.(id);
  }

  #runSimple(name: string): void {
    const view = this.#crosshair.view;
    if (name === "place") this.#place(view);
    else if (name === "fit") this.#fit();
    else if (name === "one-to-one") this.#zoomAtCrosshair(oneToOneScale(this.#pane(view).source.frame));
    else if (name === "invert") this.#grey.inverted = !this.#grey.inverted;
    else if (name === "sync") this.#cameras.synchronised = !this.#cameras.synchronised;
    else if (name === "tool") this.dragTool = this.dragTool === "window" ? "pan" : "window";
    else if (name === "lesions") this.#lesionsShown = !this.#lesionsShown;
    else if (name === "prior") this.showPrior(!this.#priorShown);
    else if (name === "preset") this.#grey.nextPreset();
    else if (name === "reset") {
      this.#grey.reset();
      this.#cameras.synchronised = true;
      this.#fit();
    }
    this.#announce();
  }

  #place(view: ViewKey): void {
    if (!this.#refuseMark()) this.#events.onPlace?.(view, round(this.#crosshair.point));
  }

  /** Whether the exam before is shown, which is not marked; then the page is told. */
  #refuseMark(): boolean {
    if (!this.#priorShown) return false;
    this.#markRefused = true;
    this.#announce();
    return true;
  }

  #pane(key: ViewKey): Pane {
    const pane = this.#panes.get(key);
    if (!pane) throw new Error(`This case has no view ${key}.`);
    return pane;
  }

  #fit(): void {
    const shown = this.#hanging.rows.flat();
    this.#cameras.fit(shown, this.#pane(shown[0] as ViewKey).size);
  }

  #layout(): void {
    this.ratio = window.devicePixelRatio || 1;
    for (const key of this.#hanging.rows.flat()) this.#pane(key).measure(this.ratio);
    if (this.#cameras.fitted) this.#fit();
    this.#draw();
  }

  #zoomAtCrosshair(scale: number): void {
    const { view, point } = this.#crosshair;
    this.#cameras.zoom(view, imageToSide(point, this.#pane(view).source.frame), scale);
    this.#announce();
  }

  #nextView(by: 1 | -1): void {
    const shown = this.#hanging.rows.flat();
    const index = shown.indexOf(this.#crosshair.view);
    this.#crosshair.enter(shown[(index + by + shown.length) % shown.length] as ViewKey);
    this.#announce();
  }

  #moveCrosshair(right: number, down: number): void {
    const { view, point } = this.#crosshair.move(right, down, this.#hanging);
    const pane = this.#pane(view);
    const camera = this.#cameras.get(view);
    const at = imageToCanvas(point, camera, pane.source.frame, pane.size);
    const seen = at.x >= 0 && at.y >= 0 && at.x <= pane.size.width && at.y <= pane.size.height;
    if (!seen) this.#cameras.centre(view, imageToSide(point, pane.source.frame));
    this.#announce();
  }

  #listen(): void {
    this.#cleanups.push(attachGestures(this.#stage, this));
    const onKey = (event: KeyboardEvent): void => this.#handleKey(event);
    this.#stage.addEventListener("keydown", onKey);
    this.#stage.addEventListener("focusin", (event) => {
      const mark = (event.target as HTMLElement).dataset.mark;
      if (mark) this.#events.onSelect?.(mark);
    });
    const observer = new ResizeObserver(() => this.#layout());
    observer.observe(this.#stage);
    this.#cleanups.push(
      () => observer.disconnect(),
      watchAttention(this.attention, () => this.#look()),
    );
  }

  #handleKey(event: KeyboardEvent): void {
    const mark = (event.target as HTMLElement).dataset.mark ?? null;
    if (this.#events.onKey?.(event, mark)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command || (mark && event.key === "Enter")) return;
    event.preventDefault();
    if (mark && command.do === "cross") this.#nudgeMark(mark, command.right, command.down);
    else this.run(command);
  }

  #nudgeMark(id: string, right: number, down: number): void {
    const mark = this.#marks.find((candidate) => candidate.id === id);
    if (!mark?.movable) return;
    this.#events.onMove?.(id, nudge(mark.point, this.#pane(mark.view).source.frame, right, down));
  }

  #look(): Watched {
    // What is seen of the exam before says nothing of what was seen of this one.
    const keys = this.#priorShown ? [] : this.#hanging.rows.flat();
    const focused = this.#crosshair.shown && document.activeElement === this.#stage;
    return {
      shown: keys.map((key) => ({ pane: this.#pane(key), camera: this.#cameras.get(key) })),
      pointed: this.#priorShown ? null : (this.#hovered ?? (focused ? this.#crosshair.view : null)),
    };
  }

  #learnImage(pane: Pane, pyramid: Pyramid): void {
    const { side, pixelMm } = pane.source.frame;
    const coarse = pyramid.levels.at(-1) as Level;
    this.#cameras.setExtent(pane.key, findExtent(coarse, pyramid.air, side, pixelMm));
    this.attention.learnTissue(pane.key, pyramid);
    if (this.#cameras.fitted) this.#fit();
  }

  #announce(): void {
    this.#redraw();
    this.#events.onState?.(this.state);
  }

  #redraw(): void {
    if (this.#pending) return;
    this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#pending);
    this.#pending = 0;
    const start = performance.now();
    for (const key of this.#hanging.rows.flat()) {
      const pane = this.#pane(key);
      const camera = this.#cameras.get(key);
      const { change, inverted } = this.#grey;
      if (this.#priorShown) pane.drawPrior(camera, change, inverted, this.#priorLabel ?? "");
      else pane.drawImage(camera, change, inverted, !this.#lesionsShown);
      const here = <T extends { view: ViewKey }>(shape: T): boolean =>
        shape.view === key && !this.#priorShown;
      const outlines = this.#lesionsShown ? this.#outlines.filter(here) : [];
      const crosshair = this.#crosshair.shown && this.#crosshair.view === key ? this.#crosshair.point : null;
      pane.drawOverlay(camera, this.ratio, outlines, this.#marks.filter(here), crosshair);
    }
    this.#stage.dataset.drawMs = (performance.now() - start).toFixed(2);
  }
}
