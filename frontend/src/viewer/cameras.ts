import {
  fitScale,
  holdOnImage,
  homeCamera,
  zoomAbout,
  type Camera,
  type Extent,
  type ImageFrame,
  type PaneSize,
} from "../geometry/camera";
import { partsOf } from "../geometry/parts";
import { clamp, mm, type SidePoint } from "../geometry/units";
import { projectionOf, type ViewKey } from "./hanging";

interface View {
  readonly frame: ImageFrame;
  extent: Extent;
  /** Of the exam before, once that is there. */
  before: Extent | null;
}

/** The cameras of all views: one scale for all, centres that move together or one by one. */
export class Cameras {
  synchronised = true;
  fitted = true;
  /** Whether the exam before hangs here too, so that all fits both. */
  withBefore = false;
  readonly #views = new Map<ViewKey, View>();
  readonly #cameras = new Map<ViewKey, Camera>();
  #fitScale = 1;

  constructor(frames: ReadonlyMap<ViewKey, ImageFrame>) {
    for (const [key, frame] of frames) {
      const extent = {
        depth: mm(frame.width * frame.pixelMm),
        top: mm(0),
        bottom: mm(frame.height * frame.pixelMm),
      };
      this.#views.set(key, { frame, extent, before: null });
      this.#cameras.set(key, homeCamera(1, extent, { width: 1, height: 1 } as PaneSize));
    }
  }

  get(key: ViewKey): Camera {
    return this.#cameras.get(key) as Camera;
  }

  get scale(): number {
    return [...this.#cameras.values()][0]?.scale ?? 1;
  }

  setExtent(key: ViewKey, extent: Extent): void {
    const view = this.#views.get(key);
    if (view) view.extent = extent;
  }

  setExtentBefore(key: ViewKey, extent: Extent): void {
    const view = this.#views.get(key);
    if (view) view.before = extent;
  }

  /** All views as large as all of `shown` allow, chest walls inwards. */
  fit(shown: readonly ViewKey[], pane: PaneSize): void {
    this.#fitScale = fitScale(shown.map((key) => this.#extent(key)), pane);
    for (const key of this.#views.keys()) {
      this.#cameras.set(key, homeCamera(this.#fitScale, this.#extent(key), pane));
    }
    this.fitted = true;
  }

  /** Moves the picture under the hand by canvas pixels. */
  pan(key: ViewKey, dx: number, dy: number): void {
    const { scale } = this.get(key);
    const inwards = this.#views.get(key)?.frame.side === "left" ? -1 : 1;
    this.#shift(key, (inwards * dx) / scale, -dy / scale);
  }

  zoom(key: ViewKey, anchor: SidePoint, scale: number): void {
    const held = clamp(scale, this.#fitScale * 0.8, 40);
    const before = this.get(key);
    const after = zoomAbout(before, anchor, held);
    for (const [other, camera] of this.#cameras) {
      this.#cameras.set(other, other === key ? after : { ...camera, scale: held });
    }
    if (this.synchronised) {
      const move = { depth: after.depth - before.depth, down: after.down - before.down };
      for (const other of this.#cameras.keys()) {
        if (other !== key) this.#move(other, move.depth, move.down);
      }
    }
    this.fitted = false;
  }

  /** Moves a view (and its fellows) so that `point` is at the pane's centre. */
  centre(key: ViewKey, point: SidePoint): void {
    const camera = this.get(key);
    this.#shift(key, point.depth - camera.depth, point.down - camera.down);
  }

  /** Where to look to see one view whole at a scale. */
  parts(key: ViewKey, scale: number, pane: PaneSize): SidePoint[] {
    return partsOf(this.#extent(key), scale, pane);
  }

  /** Shows `point` of a view in the middle, at a scale for all. */
  put(key: ViewKey, point: SidePoint, scale: number): void {
    this.zoom(key, point, scale);
    this.#cameras.set(key, { ...point, scale: this.scale });
  }

  /** The breast's height differs between CC and MLO, so each projection is held to its own. */
  #extent(key: ViewKey): Extent {
    const extents = [...this.#views]
      .filter(([other]) => projectionOf(other) === projectionOf(key))
      .flatMap(([, { extent, before }]) => (before && this.withBefore ? [extent, before] : [extent]));
    return {
      depth: mm(Math.max(...extents.map((extent) => extent.depth))),
      top: mm(Math.min(...extents.map((extent) => extent.top))),
      bottom: mm(Math.max(...extents.map((extent) => extent.bottom))),
    };
  }

  #shift(key: ViewKey, depth: number, down: number): void {
    const moved = this.synchronised ? [...this.#cameras.keys()] : [key];
    for (const other of moved) this.#move(other, depth, down);
    this.fitted = false;
  }

  #move(key: ViewKey, depth: number, down: number): void {
    const camera = this.get(key);
    const view = this.#views.get(key);
    if (!view) return;
    const moved = { scale: camera.scale, depth: mm(camera.depth + depth), down: mm(camera.down + down) };
    this.#cameras.set(key, holdOnImage(moved, view.frame));
  }
}
