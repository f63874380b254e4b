import { canvasToImage, holdInImage, imageToSide } from "../geometry/camera";
import type { CanvasPoint, ImagePoint } from "../geometry/units";
import { Attention } from "./attention";
import { Cameras } from "./cameras";
import { Crosshair, nudge, round } from "./crosshair";
import { attachGestures, type DragTool, type GestureTarget } from "./gestures";
import { findHanging, FOUR_UP, type Hanging, type ViewKey } from "./hanging";
import { commandOf, type ViewerCommand } from "./keys";
import { GreyControl } from "./grey-control";
import { Images } from "./images";
import { labelJointly } from "./marks";
import type { MarkShape, OutlineShape } from "./overlay";
import { Navigator } from "./navigator";
import { Painter } from "./painter";
import type { Pane } from "./pane";
import { findExtent, type Level, type Pyramid } from "./pyramid";
import type { FrameSource, Variant, ViewSource } from "./source";
import { Stage } from "./stage";
import type { ViewerEvents, ViewerOptions, ViewerState } from "./state";
import { watchAttention, type Watched } from "./watch";
import { Tools } from "./tools";
import type { WindowChange } from "./window";

/** The reading room's images: panes, cameras, window, marks. No framework. */
export class Viewer implements GestureTarget {
  readonly attention: Attention;
  readonly #stage: Stage;
  readonly #events: ViewerEvents;
  readonly #painter = Painter.shared();
  readonly #tools = new Tools();
  readonly #at: Navigator;
  readonly #cameras: Cameras;
  readonly #crosshair: Crosshair;
  readonly #images: Images;
  readonly #grey = new GreyControl();
  readonly #cleanups: (() => void)[] = [];
  readonly #priorLabel: string | null;
  #lesionsShown = true;
  #priorShown = false;
  #markRefused = false;
  #marks: readonly MarkShape[] = [];
  #outlines: readonly OutlineShape[] = [];
  #pending = 0;

  constructor(host: HTMLElement, views: readonly ViewSource[], options: ViewerOptions, events: ViewerEvents) {
    this.#events = events;
    this.#priorLabel = options.prior;
    this.attention = new Attention(options.attention);
    this.#stage = new Stage(views, options);
    this.#cameras = new Cameras(new Map(views.map((view) => [view.key, view.frame])));
    this.#crosshair = new Crosshair(views);
    this.#at = new Navigator(this.#stage, this.#cameras, this.#crosshair);
    this.#images = new Images(this.#stage.panes, {
      shown: (pane, pyramid) => this.#learnImage(pane, pyramid),
      previewed: () => this.#layout(),
      ready: (count) => {
        this.#draw();
        this.#events.onState?.(this.state);
        if (count === this.#stage.panes.size) this.#stage.measureRenderers();
      },
      retried: () => this.focus(),
    });
    host.append(this.#stage.element);
    this.#listen();
    this.hang(FOUR_UP);
    this.#images.load();
  }

  close(): void {
    for (const cleanup of this.#cleanups) cleanup();
    cancelAnimationFrame(this.#pending);
    this.#images.close();
    this.#painter.forget();
    this.#stage.element.remove();
  }

  focus(): void {
    this.#stage.element.focus({ preventScroll: true });
  }

  focusMark(id: string): void {
    for (const pane of this.#stage.panes.values()) if (pane.focusMark(id)) return;
  }

  get dragTool(): DragTool {
    return this.#tools.drag;
  }

  get ratio(): number {
    return this.#stage.ratio;
  }

  setTrueSize(cssPxPerMm: number): void {
    this.#at.cssPxPerMm = cssPxPerMm;
  }

  get state(): ViewerState {
    const frame = this.#stage.pane(this.#crosshair.view).source.frame;
    return {
      hanging: this.#at.step.hanging,
      preset: this.#grey.preset,
      curve: this.#grey.curve,
      inverted: this.#grey.inverted,
      synchronised: this.#cameras.synchronised,
      dragTool: this.dragTool,
      lesionsShown: this.#lesionsShown,
      priorShown: this.#priorShown,
      besideShown: this.#at.beside,
      loupe: this.#tools.loupe.on,
      part: this.#at.part,
      renderer: this.#painter.kind,
      trueSize: Math.abs(this.#cameras.scale / this.#at.trueScale - 1) < 0.005,
      markRefused: this.#markRefused,
      crosshairView: this.#crosshair.view,
      zoom: this.#cameras.scale * frame.pixelMm,
      ready: this.#images.ready,
    };
  }

  setMarks(marks: readonly MarkShape[]): void {
    this.#marks = labelJointly(marks);
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
    this.#at.goTo({ hanging, part: null });
    this.#announce();
  }

  /** Shows the exam before beside this one, at the same scale. */
  showBeside(shown: boolean): void {
    this.#at.beside = shown && this.#priorLabel !== null;
    if (this.#at.beside) this.#priorShown = false;
    this.#at.goTo(this.#at.step);
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
    if (shown && this.#at.beside) this.showBeside(false);
    // A mark that holds the focus goes away with the current images; the keys must go on.
    if (this.#stage.element.contains(document.activeElement)) this.focus();
    this.#priorShown = shown && this.#priorLabel !== null;
    this.#markRefused = false;
    this.#announce();
  }

  /** Brings an image point to the middle at 1:1. */
  lookAt(view: ViewKey, point: ImagePoint): void {
    this.#priorShown = false;
    this.#markRefused = false;
    this.#at.lookAt(view, point);
    this.#announce();
  }

  run(command: ViewerCommand): void {
    const view = this.#crosshair.view;
    if (command.do === "step") this.#at.walk(command.by);
    else if (command.do === "hang") this.hang(findHanging(command.key === "single" ? view : command.key));
    else if (command.do === "cross") {
      this.#at.moveCrosshair(command.right, command.down);
      this.#tools.follow(this.#crosshair);
    } else if (command.do === "next-view") this.#at.nextView(command.by);
    else if (command.do === "pan") this.#at.pan(command.right, command.down);
    else if (command.do === "zoom") this.#at.zoomTo(this.#cameras.scale * command.factor);
    else if (command.do === "window") this.adjustWindow(command.dx, command.dy);
    else this.#runSimple(command.do);
    this.#announce();
  }

  click(view: ViewKey, at: CanvasPoint, prior: boolean): void {
    if (this.dragTool === "ruler" || this.#refuseMark(prior)) return;
    const point = this.#pointAt(view, at);
    const { width, height } = this.#stage.pane(view).source.frame;
    if (point.x < 0 || point.y < 0 || point.x > width - 1 || point.y > height - 1) return;
    this.#crosshair.put(view, point);
    this.#crosshair.shown = false;
    this.#events.onPlace?.(view, round(point));
    this.#announce();
  }

  hover(view: ViewKey | null, at: CanvasPoint | null): void {
    this.#tools.pointer = view && at && { view, at };
    if (this.#tools.loupe.on) this.#redraw();
  }

  measure(view: ViewKey, at: CanvasPoint, begin: boolean): void {
    const point = holdInImage(this.#pointAt(view, at), this.#stage.pane(view).source.frame);
    this.#tools.ruler.measure(view, point, begin);
    this.#redraw();
  }

  resizeLoupe(by: number): boolean {
    if (this.#tools.loupe.on) this.#redraw();
    return this.#tools.loupe.resize(by);
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
    const anchor = imageToSide(this.#pointAt(view, at), this.#stage.pane(view).source.frame);
    this.#cameras.zoom(view, anchor, this.#cameras.scale * factor);
    this.#announce();
  }

  dragMark(id: string, view: ViewKey, at: CanvasPoint): void {
    const mark = this.#marks.find((candidate) => candidate.id === id);
    if (!mark?.movable) return;
    const { frame } = this.#stage.pane(view).source;
    this.#events.onMove?.(id, round(holdInImage(this.#pointAt(view, at), frame)));
  }

  selectMark(id: string): void {
    this.focusMark(id);
    this.#events.onSelect?.(id);
  }

  #runSimple(name: string): void {
    if (this.#grey.run(name) || this.#tools.run(name, this.#crosshair)) return;
    if (name === "place") this.#place(this.#crosshair.view);
    else if (name === "fit") this.#at.fit();
    else if (name === "one-to-one") this.#at.zoomTo(null);
    else if (name === "true-size") this.#at.zoomTo(this.#at.trueScale);
    else if (name === "sync") this.#cameras.synchronised = !this.#cameras.synchronised;
    else if (name === "lesions") this.#lesionsShown = !this.#lesionsShown;
    else if (name === "prior") this.showPrior(!this.#priorShown);
    else if (name === "beside") this.showBeside(!this.#at.beside);
    else if (name === "reset") {
      this.#grey.reset();
      this.#cameras.synchronised = true;
      this.#tools.putAway(this.#crosshair);
      this.#at.fit();
    }
  }

  #place(view: ViewKey): void {
    if (this.dragTool === "ruler") this.#tools.ruler.begin(view, this.#crosshair.point);
    else if (!this.#refuseMark(false)) this.#events.onPlace?.(view, round(this.#crosshair.point));
  }

  /** Whether the exam before is meant, which is not marked; then the page is told. */
  #refuseMark(prior: boolean): boolean {
    this.#markRefused = false;
    if (!prior && !this.#priorShown) return false;
    this.#markRefused = true;
    this.#announce();
    return true;
  }

  #pointAt(view: ViewKey, at: CanvasPoint): ImagePoint {
    const pane = this.#stage.pane(view);
    return canvasToImage(at, this.#cameras.get(view), pane.source.frame, pane.size);
  }

  #layout(): void {
    this.#at.layout();
    this.#draw();
  }

  #listen(): void {
    this.#cleanups.push(attachGestures(this.#stage.element, this));
    const onKey = (event: KeyboardEvent): void => this.#handleKey(event);
    this.#stage.element.addEventListener("keydown", onKey);
    this.#stage.element.addEventListener("focusin", (event) => {
      const mark = (event.target as HTMLElement).dataset.mark;
      if (mark) this.#events.onSelect?.(mark);
    });
    const observer = new ResizeObserver(() => this.#layout());
    observer.observe(this.#stage.element);
    this.#cleanups.push(
      () => observer.disconnect(),
      watchAttention(this.attention, () => this.#look()),
      this.#painter.watch(() => this.#announce()),
    );
  }

  #handleKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const mark = target.dataset.mark ?? null;
    const pressed = target instanceof HTMLButtonElement && (event.key === "Enter" || event.key === " ");
    if (pressed && !mark) return;
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
    this.#events.onMove?.(id, nudge(mark.point, this.#stage.pane(mark.view).source.frame, right, down));
  }

  #look(): Watched {
    // What is seen of the exam before says nothing of what was seen of this one.
    if (this.#priorShown) return { shown: [], pointed: null };
    const focused = this.#crosshair.shown && document.activeElement === this.#stage.element;
    return {
      shown: this.#at.shown.map((key) => ({ pane: this.#stage.pane(key), camera: this.#cameras.get(key) })),
      pointed: this.#tools.pointer?.view ?? (focused ? this.#crosshair.view : null),
    };
  }

  #learnImage(pane: Pane, pyramid: Pyramid): void {
    const { side, pixelMm } = pane.source.frame;
    const coarse = pyramid.levels.at(-1) as Level;
    this.#cameras.setExtent(pane.key, findExtent(coarse, pyramid.air, side, pixelMm));
    this.attention.learnTissue(pane.key, pyramid);
    if (this.#cameras.fitted) this.#at.fit();
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
    this.#stage.draw({
      cameras: this.#cameras,
      greys: this.#grey,
      priorShown: this.#priorShown,
      lesionsShown: this.#lesionsShown,
      marks: this.#marks,
      outlines: this.#outlines,
      crosshair: this.#crosshair,
      ruler: this.#tools.ruler,
    });
    this.#tools.drawLoupe(this.#stage, this.#cameras, this.#crosshair);
    this.#stage.element.dataset.drawMs = (performance.now() - start).toFixed(2);
  }
}
