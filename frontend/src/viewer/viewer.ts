import type { Extent } from "../geometry/camera";
import type { ImagePoint } from "../geometry/units";
import { Attention } from "./attention";
import { Desk } from "./desk";
import { attachGestures } from "./gestures";
import { Hand } from "./hand";
import type { Hanging, ViewKey } from "./hanging";
import { Images, type Patches } from "./images";
import { Keyboard } from "./keyboard";
import type { ViewerCommand } from "./keys";
import { labelJointly } from "./marks";
import type { MarkShape, OutlineShape } from "./overlay";
import { Painter } from "./painter";
import type { Pane } from "./pane";
import { findExtent, type Level, type Pyramid } from "./pyramid";
import type { FrameSource, Variant, ViewSource } from "./source";
import type { ViewerEvents, ViewerOptions, ViewerState } from "./state";
import { watchAttention, type Watched } from "./watch";
import type { WindowChange } from "./window";

/**
 * The reading room's images, of one view to four: panes, cameras, window, marks. No framework.
 * What stands over them, and every word, comes from outside.
 */
export class Viewer {
  readonly attention: Attention;
  readonly #desk: Desk;
  readonly #keyboard: Keyboard;
  readonly #images: Images;
  readonly #painter = Painter.shared();
  readonly #cleanups: (() => void)[] = [];
  #pending = 0;
  #closed = false;

  constructor(host: HTMLElement, views: readonly ViewSource[], options: ViewerOptions, events: ViewerEvents) {
    this.attention = new Attention(options.attention);
    this.#desk = new Desk(views, options, events, {
      redraw: () => this.#redraw(),
      announce: () => this.#announce(),
    });
    this.#keyboard = new Keyboard(this.#desk);
    const { stage } = this.#desk;
    this.#images = new Images(stage.panes, {
      words: options.words,
      shown: (pane, pyramid) => this.#learnImage(pane, pyramid),
      before: (pane, pyramid) => {
        this.#desk.cameras.setExtentBefore(pane.key, extentOf(pane, pyramid));
        if (this.#desk.at.beside && this.#desk.cameras.fitted) this.#desk.at.fit();
      },
      previewed: () => this.#layout(),
      ready: (count) => {
        this.#draw();
        events.onState?.(this.state);
        if (count === stage.panes.size) stage.measureRenderers();
      },
      told: () => this.#redraw(),
      retried: () => this.focus(),
    });
    host.append(stage.element);
    this.#listen();
    this.run({ do: "hang", key: "four" });
    this.#images.load();
  }

  close(): void {
    this.#closed = true;
    for (const cleanup of this.#cleanups) cleanup();
    cancelAnimationFrame(this.#pending);
    this.#images.close();
    this.#painter.forget();
    this.#desk.stage.close();
  }

  focus(): void {
    this.#desk.stage.focus();
  }

  focusMark(id: string): void {
    this.#desk.focusMark(id);
  }

  setTrueSize(cssPxPerMm: number): void {
    this.#desk.at.cssPxPerMm = cssPxPerMm;
  }

  /** How these views can hang; the first shows all of them. */
  get hangings(): readonly Hanging[] {
    return this.#desk.at.hangings;
  }

  get state(): ViewerState {
    const { at, before, cameras, crosshair, grey, lesionsShown, stage, tools } = this.#desk;
    return {
      hanging: at.step.hanging,
      preset: grey.preset,
      curve: grey.curve,
      inverted: grey.inverted,
      synchronised: cameras.synchronised,
      dragTool: tools.drag,
      lesionsShown,
      priorShown: before.inPlace,
      besideShown: at.beside,
      loupe: tools.loupe.on,
      part: at.part,
      renderer: this.#painter.kind,
      trueSize: Math.abs(cameras.scale / at.trueScale - 1) < 0.005,
      markRefused: before.refused,
      crosshairView: crosshair.view,
      zoom: cameras.scale * stage.pane(crosshair.view).source.frame.pixelMm,
      ready: this.#images.ready,
    };
  }

  setMarks(marks: readonly MarkShape[]): void {
    this.#desk.marks = labelJointly(marks);
    this.#redraw();
  }

  setOutlines(outlines: readonly OutlineShape[]): void {
    this.#desk.outlines = outlines;
    this.#redraw();
  }

  setWindow(change: WindowChange): void {
    this.#desk.grey.change = change;
    this.#announce();
  }

  hang(hanging: Hanging): void {
    this.#desk.at.goTo({ hanging, part: null });
    this.#announce();
  }

  /** Gives the frames without lesions, fetched when first wanted. */
  async loadBases(bases: Readonly<Partial<Record<ViewKey, FrameSource>>>): Promise<void> {
    await this.#images.loadBases(bases);
    if (!this.#closed) this.#redraw();
  }

  /** Shows the case otherwise, in place: zoom, pan and window stay. Null shows it as it is. */
  async showVariant(variant: Variant | null): Promise<void> {
    await this.#images.showVariant(variant);
    if (!this.#closed) this.showPrior(false);
  }

  /** Lays a finding over the views; without lesions they show as they are. Nothing takes it off. */
  layOver(patches: Patches): void {
    this.#images.layOver(patches);
    this.#redraw();
  }

  showLesions(shown: boolean): void {
    this.#desk.lesionsShown = shown;
    this.#announce();
  }

  /** Shows the exam before in the place of this one. */
  showPrior(shown: boolean): void {
    this.#desk.before.show(shown);
  }

  /** Shows the exam before beside this one, at the same scale. */
  showBeside(shown: boolean): void {
    this.#desk.before.showBeside(shown);
  }

  /** Brings an image point to the middle at 1:1. */
  lookAt(view: ViewKey, point: ImagePoint): void {
    this.#desk.before.leave();
    this.#desk.at.lookAt(view, point);
    this.#announce();
  }

  /** Puts the crosshair on an image point, out of sight: zoom by key goes there. */
  aim(view: ViewKey, point: ImagePoint): void {
    this.#desk.crosshair.put(view, point);
    this.#desk.crosshair.shown = false;
    this.#redraw();
  }

  run(command: ViewerCommand): void {
    this.#keyboard.run(command);
  }

  #layout(): void {
    this.#desk.at.layout();
    this.#draw();
    this.#desk.events.onState?.(this.state);
  }

  #listen(): void {
    const { element } = this.#desk.stage;
    element.addEventListener("keydown", (event) => this.#keyboard.handle(event));
    element.addEventListener("focusin", (event) => {
      const mark = (event.target as HTMLElement).dataset.mark;
      if (mark) this.#desk.events.onSelect?.(mark);
    });
    const observer = new ResizeObserver(() => this.#layout());
    observer.observe(element);
    this.#cleanups.push(
      () => observer.disconnect(),
      attachGestures(element, new Hand(this.#desk)),
      watchAttention(this.attention, () => this.#look()),
      this.#painter.watch(() => this.#announce()),
    );
  }

  #look(): Watched {
    const { at, before, cameras, crosshair, stage, tools } = this.#desk;
    // What is seen of the exam before says nothing of what was seen of this one.
    if (before.inPlace) return { shown: [], pointed: null, elsewhere: true };
    const focused = crosshair.shown && document.activeElement === stage.element;
    return {
      shown: at.shown.map((key) => ({ pane: stage.pane(key), camera: cameras.get(key) })),
      pointed: tools.pointer?.cell.view ?? (focused ? crosshair.view : null),
      elsewhere: tools.pointer?.cell.prior ?? false,
    };
  }

  #learnImage(pane: Pane, pyramid: Pyramid): void {
    this.#desk.cameras.setExtent(pane.key, extentOf(pane, pyramid));
    this.attention.learnTissue(pane.key, pyramid);
    if (this.#desk.cameras.fitted) this.#desk.at.fit();
  }

  #announce(): void {
    this.#redraw();
    this.#desk.events.onState?.(this.state);
  }

  #redraw(): void {
    if (this.#pending) return;
    this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    cancelAnimationFrame(this.#pending);
    this.#pending = 0;
    const { before, cameras, crosshair, grey, lesionsShown, marks, outlines, stage, tools } = this.#desk;
    const start = performance.now();
    stage.draw({
      cameras,
      greys: grey,
      priorShown: before.inPlace,
      lesionsShown,
      marks,
      outlines,
      crosshair,
      ruler: tools.ruler,
    });
    tools.drawLoupe(stage, cameras, crosshair);
    stage.element.dataset.drawMs = (performance.now() - start).toFixed(2);
  }
}

function extentOf(pane: Pane, { levels, air }: Pyramid): Extent {
  const { side, pixelMm } = pane.source.frame;
  return findExtent(levels.at(-1) as Level, air, side, pixelMm);
}
