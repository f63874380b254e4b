import type { ImageFrame } from "./camera";
import { mm, type ImagePoint, type Mm } from "./units";

/** The distance of two points of one image in its plane. */
export const distanceMm = (from: ImagePoint, to: ImagePoint, frame: ImageFrame): Mm =>
  mm(Math.hypot(to.x - from.x, to.y - from.y) * frame.pixelMm);

/** CSS defines 96 pixels to the inch; a display check finds what they really are. */
export const NOMINAL_CSS_PX_PER_MM = 96 / 25.4;
