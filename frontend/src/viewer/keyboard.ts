import { nudge, round } from "./crosshair";
import type { Desk } from "./desk";
import { commandOf, type SimpleCommand, type ViewerCommand } from "./keys";

/** What keys and tools do to the images. */
export class Keyboard {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  run(command: ViewerCommand): void {
    const { at, cameras, crosshair, grey, tools } = this.#desk;
    if (command.do === "step") at.walk(command.by);
    else if (command.do === "hang") at.hang(command.key);
    else if (command.do === "cross") {
      at.moveCrosshair(command.right, command.down);
      tools.follow(crosshair);
    } else if (command.do === "next-view") at.nextView(command.by);
    else if (command.do === "pan") at.pan(command.right, command.down);
    else if (command.do === "zoom") at.zoomTo(cameras.scale * command.factor);
    else if (command.do === "window") grey.drag(command.dx, command.dy);
    else this.#runSimple(command.do);
    this.#desk.announce();
  }

  /** A key pressed on the stage, or on a mark in it. */
  handle(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const mark = target.dataset.mark ?? null;
    const pressed = target instanceof HTMLButtonElement && (event.key === "Enter" || event.key === " ");
    if (pressed && !mark) return;
    if (this.#desk.events.onKey?.(event, mark)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command || (mark && event.key === "Enter")) return;
    event.preventDefault();
    if (mark && command.do === "cross") this.#nudgeMark(mark, command.right, command.down);
    else this.run(command);
  }

  #runSimple(name: SimpleCommand["do"]): void {
    const { at, before, cameras, crosshair, grey, tools } = this.#desk;
    if (grey.run(name) || tools.run(name, crosshair)) return;
    if (name === "place") this.#place();
    else if (name === "fit") at.fit();
    else if (name === "one-to-one") at.zoomTo(null);
    else if (name === "true-size") at.zoomTo(at.trueScale);
    else if (name === "sync") cameras.synchronised = !cameras.synchronised;
    else if (name === "lesions") this.#desk.lesionsShown = !this.#desk.lesionsShown;
    else if (name === "prior") before.show(!before.inPlace);
    else if (name === "beside") before.showBeside(!at.beside);
    else if (name === "reset") this.#reset();
  }

  #reset(): void {
    const { at, cameras, crosshair, grey, tools } = this.#desk;
    grey.reset();
    cameras.synchronised = true;
    tools.putAway(crosshair);
    at.fit();
  }

  #place(): void {
    const { before, crosshair, events, tools } = this.#desk;
    const { view, point } = crosshair;
    if (tools.drag === "ruler") tools.ruler.begin({ view, prior: false }, point);
    else if (!before.refuseMark(false)) events.onPlace?.(view, round(point));
  }

  #nudgeMark(id: string, right: number, down: number): void {
    const mark = this.#desk.movableMark(id);
    if (!mark) return;
    const { frame } = this.#desk.stage.pane(mark.view).source;
    this.#desk.events.onMove?.(id, nudge(mark.point, frame, right, down));
  }
}
