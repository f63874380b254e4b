/** Branded numbers: an image pixel, a millimetre and a canvas pixel never mix by accident. */

declare const unit: unique symbol;

export type ImagePx = number & { readonly [unit]: "image pixel" };
export type Mm = number & { readonly [unit]: "millimetre" };
export type CanvasPx = number & { readonly [unit]: "canvas pixel" };

export const imagePx = (value: number): ImagePx => value as ImagePx;
export const mm = (value: number): Mm => value as Mm;
export const canvasPx = (value: number): CanvasPx => value as CanvasPx;

/** Image frame: x right, y down, an integer is a pixel's centre. */
export interface ImagePoint {
  readonly x: ImagePx;
  readonly y: ImagePx;
}

/** Canvas frame: x right, y down, 0 is the canvas's edge. */
export interface CanvasPoint {
  readonly x: CanvasPx;
  readonly y: CanvasPx;
}

/** Breast-side frame: distance from the chest wall's image edge, distance from the image's top. */
export interface SidePoint {
  readonly depth: Mm;
  readonly down: Mm;
}

export const imagePoint = (x: number, y: number): ImagePoint => ({ x: imagePx(x), y: imagePx(y) });
export const canvasPoint = (x: number, y: number): CanvasPoint => ({
  x: canvasPx(x),
  y: canvasPx(y),
});

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
