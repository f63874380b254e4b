import {
  canvasPoint,
  clamp,
  imagePoint,
  mm,
  type CanvasPoint,
  type CanvasPx,
  type ImagePoint,
  type ImagePx,
  type Mm,
  type SidePoint,
} from "./units";

export type Side = "left" | "right";

export interface ImageFrame {
  readonly side: Side;
  readonly width: ImagePx;
  readonly height: ImagePx;
  readonly pixelMm: Mm;
}

export interface PaneSize {
  readonly width: CanvasPx;
  readonly height: CanvasPx;
}

/** Where one view is looked at: canvas pixels per millimetre, and the point at the pane's centre. */
export interface Camera extends SidePoint {
  readonly scale: number;
}

/** What of an image holds breast, in the breast-side frame. */
export interface Extent {
  readonly depth: Mm;
  readonly top: Mm;
  readonly bottom: Mm;
}

/** Left breasts have the chest wall at image left, right ones at image right. */
const towardsNipple = (side: Side): 1 | -1 => (side === "left" ? 1 : -1);

export function imageToSide(point: ImagePoint, frame: ImageFrame): SidePoint {
  const x = frame.side === "left" ? point.x : frame.width - 1 - point.x;
  return { depth: mm((x + 0.5) * frame.pixelMm), down: mm((point.y + 0.5) * frame.pixelMm) };
}

export function sideToImage(point: SidePoint, frame: ImageFrame): ImagePoint {
  const x = point.depth / frame.pixelMm - 0.5;
  return imagePoint(
    frame.side === "left" ? x : frame.width - 1 - x,
    point.down / frame.pixelMm - 0.5,
  );
}

export function sideToCanvas(
  point: SidePoint,
  camera: Camera,
  side: Side,
  pane: PaneSize,
): CanvasPoint {
  return canvasPoint(
    pane.width / 2 + towardsNipple(side) * (point.depth - camera.depth) * camera.scale,
    pane.height / 2 + (point.down - camera.down) * camera.scale,
  );
}

export function canvasToSide(
  point: CanvasPoint,
  camera: Camera,
  side: Side,
  pane: PaneSize,
): SidePoint {
  return {
    depth: mm(
      camera.depth + (towardsNipple(side) * (point.x - pane.width / 2)) / camera.scale,
    ),
    down: mm(camera.down + (point.y - pane.height / 2) / camera.scale),
  };
}

export const imageToCanvas = (
  point: ImagePoint,
  camera: Camera,
  frame: ImageFrame,
  pane: PaneSize,
): CanvasPoint => sideToCanvas(imageToSide(point, frame), camera, frame.side, pane);

export const canvasToImage = (
  point: CanvasPoint,
  camera: Camera,
  frame: ImageFrame,
  pane: PaneSize,
): ImagePoint => sideToImage(canvasToSide(point, camera, frame.side, pane), frame);

/** The largest scale at which every extent fits its pane; one scale, so millimetres compare. */
export function fitScale(extents: readonly Extent[], pane: PaneSize): number {
  const depth = Math.max(...extents.map((extent) => extent.depth));
  const height = Math.max(...extents.map((extent) => extent.bottom - extent.top));
  return Math.min(pane.width / depth, pane.height / height) * 0.98;
}

/** Chest wall on the pane's inner edge, the breast in the middle of its height. */
export function homeCamera(scale: number, extent: Extent, pane: PaneSize): Camera {
  return {
    scale,
    depth: mm(pane.width / 2 / scale),
    down: mm((extent.top + extent.bottom) / 2),
  };
}

/** The scale by which one image pixel covers one canvas pixel. */
export const oneToOneScale = (frame: ImageFrame): number => 1 / frame.pixelMm;

/** The camera after a zoom that leaves `anchor` where it lies on the canvas. */
export function zoomAbout(camera: Camera, anchor: SidePoint, scale: number): Camera {
  const ratio = camera.scale / scale;
  return {
    scale,
    depth: mm(anchor.depth + (camera.depth - anchor.depth) * ratio),
    down: mm(anchor.down + (camera.down - anchor.down) * ratio),
  };
}

/** Keeps the pane's centre on the image, so that a view is never lost out of sight. */
export function holdOnImage(camera: Camera, frame: ImageFrame): Camera {
  return {
    scale: camera.scale,
    depth: mm(clamp(camera.depth, 0, Math.max(frame.width * frame.pixelMm, camera.depth / 2))),
    down: mm(clamp(camera.down, 0, frame.height * frame.pixelMm)),
  };
}

/** An image point kept inside the image. */
export const holdInImage = (point: ImagePoint, frame: ImageFrame): ImagePoint =>
  imagePoint(clamp(point.x, 0, frame.width - 1), clamp(point.y, 0, frame.height - 1));
