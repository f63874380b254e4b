import { imageToCanvas } from "../geometry/camera";
import type { CanvasPoint } from "../geometry/units";
import type { Cameras } from "./cameras";
import type { Crosshair } from "./crosshair";
import type { DragTool } from "./gestures";
import type { Cell } from "./layout";
import { Loupe } from "./loupe";
import { Ruler } from "./ruler";
import type { Stage } from "./stage";

/** What the hand holds: what a drag does, the ruler, the loupe. */
export class Tools {
  drag: DragTool = "window";
  readonly ruler = new Ruler();
  readonly loupe = new Loupe();
  /** Where the pointer is; null while it is elsewhere, or the keyboard is used. */
  pointer: { readonly cell: Cell; readonly at: CanvasPoint } | null = null;

  /** The ruler begins at the crosshair, where there is one; without its tool it goes. */
  take(drag: DragTool, crosshair: Crosshair): void {
    this.drag = drag;
    this.ruler.remove();
    if (drag === "ruler" && crosshair.shown) this.ruler.begin(cellOf(crosshair), crosshair.point);
  }

  /** Does a command of the keys, if it is one of these. */
  run(name: string, crosshair: Crosshair): boolean {
    if (name === "tool") this.take(this.drag === "window" ? "pan" : "window", crosshair);
    else if (name === "ruler") this.take(this.drag === "ruler" ? "window" : "ruler", crosshair);
    else if (name === "loupe") this.loupe.on = !this.loupe.on;
    else if (name === "loupe-size") this.loupe.nextSize();
    else return false;
    return true;
  }

  putAway(crosshair: Crosshair): void {
    this.loupe.on = false;
    this.take("window", crosshair);
  }

  /** The keyboard takes over: loupe and ruler go with the crosshair. */
  follow(crosshair: Crosshair): void {
    this.pointer = null;
    if (this.drag === "ruler") this.ruler.reach(cellOf(crosshair), crosshair.point);
  }

  drawLoupe(stage: Stage, cameras: Cameras, crosshair: Crosshair): void {
    const pane = stage.paneOf(this.pointer?.cell ?? cellOf(crosshair));
    const camera = cameras.get(pane.key);
    const { frame } = pane.source;
    const at = this.pointer?.at ?? imageToCanvas(crosshair.point, camera, frame, pane.size);
    if (this.loupe.on && pane.element.isConnected) this.loupe.draw(pane, camera, at, stage.ratio);
    else this.loupe.hide();
  }
}

/** The crosshair is one of the current images. */
const cellOf = ({ view }: Crosshair): Cell => ({ view, prior: false });
