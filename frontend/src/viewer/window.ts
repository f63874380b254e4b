/** How stored values become grey. */

export const STORED_VALUES = 4096;

export interface Window {
  readonly center: number;
  readonly width: number;
}

/** A change of every view's own window: one gesture, four views. */
export interface WindowChange {
  /** Added to the centre, in widths of the view's own window. */
  readonly shift: number;
  /** Multiplies the width. */
  readonly stretch: number;
}

export const UNCHANGED: WindowChange = { shift: 0, stretch: 1 };

export interface Preset {
  readonly key: "default" | "dense" | "contrast";
  readonly label: string;
  readonly change: WindowChange;
}

export const PRESETS: readonly Preset[] = [
  { key: "default", label: "Default", change: UNCHANGED },
  { key: "dense", label: "Dense", change: { shift: 0.14, stretch: 0.72 } },
  { key: "contrast", label: "Contrast", change: { shift: 0.04, stretch: 0.52 } },
];

export function changeWindow(window: Window, change: WindowChange): Window {
  return {
    center: window.center + change.shift * window.width,
    width: Math.max(2, window.width * change.stretch),
  };
}

/** The VOI LUT functions of DICOM PS3.3 C.11.2.1: a straight line, or one that eases into both ends. */
export type Curve = "linear" | "sigmoid";

/** Stored value to 0-255: LINEAR (C.11.2.1.2.1) or SIGMOID (C.11.2.1.3.1). */
export function greyOf(value: number, { center, width }: Window, curve: Curve = "linear"): number {
  if (curve === "sigmoid") return Math.round(255 / (1 + Math.exp((-4 * (value - center)) / width)));
  const position = (value - (center - 0.5)) / (width - 1) + 0.5;
  return Math.round(Math.min(1, Math.max(0, position)) * 255);
}

/** The stored value that a grey between black and white was made of; the inverse of LINEAR. */
export const storedOf = (grey: number, { center, width }: Window): number =>
  (grey / 255 - 0.5) * (width - 1) + center - 0.5;

/** The look-up table of one view: stored value to an opaque little-endian RGBA word. */
export function buildLookup(
  window: Window,
  air: number,
  inverted: boolean,
  curve: Curve = "linear",
): Uint32Array {
  const table = new Uint32Array(STORED_VALUES);
  for (let value = 0; value < STORED_VALUES; value++) {
    const grey = greyOf(value, window, curve);
    // Air stays black when the tissue is inverted: a white surround would blind the reader.
    const shown = value <= air ? 0 : inverted ? 255 - grey : grey;
    table[value] = (0xff000000 | (shown << 16) | (shown << 8) | shown) >>> 0;
  }
  return table;
}
