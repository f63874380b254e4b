import { canvasToImage } from "../geometry/camera";
import type { CanvasPoint, ImagePoint } from "../geometry/units";
import { Cameras } from "./cameras";
import { Crosshair } from "./crosshair";
import { ExamBefore } from "./exam-before";
import { GreyControl } from "./grey-control";
import type { Cell } from "./layout";
import type { MarkShape, OutlineShape } from "./overlay";
import { Navigator } from "./navigator";
import type { ViewSource } from "./source";
import { Stage } from "./stage";
import type { ViewerEvents, ViewerOptions } from "./state";
import { Tools } from "./tools";

/** What lies ready at the workstation: shared by the hand, the keys and what draws. */
export class Desk {
  readonly stage: Stage;
  readonly cameras: Cameras;
  readonly crosshair: Crosshair;
  readonly at: Navigator;
  readonly before: ExamBefore;
  readonly grey = new GreyControl();
  readonly tools = new Tools();
  readonly events: ViewerEvents;
  /** Draws soon. */
  readonly redraw: () => void;
  /** Draws soon, and tells the page how things stand. */
  readonly announce: () => void;
  lesionsShown = true;
  marks: readonly MarkShape[] = [];
  outlines: readonly OutlineShape[] = [];

  constructor(
    views: readonly ViewSource[],
    options: ViewerOptions,
    events: ViewerEvents,
    { redraw, announce }: { redraw: () => void; announce: () => void },
  ) {
    this.events = events;
    this.redraw = redraw;
    this.announce = announce;
    this.stage = new Stage(views, options);
    this.cameras = new Cameras(new Map(views.map((view) => [view.key, view.frame])));
    this.crosshair = new Crosshair(views);
    this.at = new Navigator(this.stage, this.cameras, this.crosshair);
    this.before = new ExamBefore(this.stage, this.at, options.prior !== null, announce);
  }

  /** The image point under a point of a pane's canvas. */
  pointAt(cell: Cell, at: CanvasPoint): ImagePoint {
    const pane = this.stage.paneOf(cell);
    return canvasToImage(at, this.cameras.get(cell.view), pane.source.frame, pane.size);
  }

  movableMark(id: string): MarkShape | null {
    const mark = this.marks.find((candidate) => candidate.id === id);
    return mark?.movable ? mark : null;
  }

  focusMark(id: string): void {
    for (const pane of this.stage.panes.values()) if (pane.focusMark(id)) return;
  }
}
