import { imageToCanvas, type Camera, type ImageFrame, type PaneSize } from "../geometry/camera";
import type { ImagePoint } from "../geometry/units";
import type { ViewKey } from "./hanging";

/** How a drawn thing is meant; told by shape and words, colour only helps. */
export type Tone = "mark" | "dismissed" | "hit" | "miss" | "false" | "truth";

export interface MarkShape {
  readonly id: string;
  readonly view: ViewKey;
  readonly point: ImagePoint;
  /** Short text beside the mark. */
  readonly label: string;
  /** What a screen reader says. */
  readonly description: string;
  readonly tone: Tone;
  readonly selected: boolean;
  readonly movable: boolean;
  /** The mark of the same finding in the other view. */
  readonly link?: string | null | undefined;
}

export interface OutlineShape {
  readonly id: string;
  readonly view: ViewKey;
  readonly polygons: readonly (readonly ImagePoint[])[];
  readonly label: string;
  readonly tone: Tone;
}

const SVG = "http://www.w3.org/2000/svg";

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/** Where image points lie in a pane, in CSS pixels. */
export type Project = (point: ImagePoint) => { x: number; y: number };

export function makeProject(
  camera: Camera,
  frame: ImageFrame,
  pane: PaneSize,
  ratio: number,
): Project {
  return (point) => {
    const { x, y } = imageToCanvas(point, camera, frame, pane);
    return { x: x / ratio, y: y / ratio };
  };
}

// About the width of a letter of an outline's label, in rem, and its distance from the pane's edge.
const LETTER_REM = 0.54;
const EDGE = 6;

/** A pane's size and its letters', in CSS pixels. */
export interface OverlaySize {
  readonly width: number;
  readonly height: number;
  readonly rem: number;
}

/** Truth outlines with their words, as SVG children. */
export function drawOutlines(
  outlines: readonly OutlineShape[],
  project: Project,
  size: OverlaySize,
): SVGElement[] {
  return outlines.flatMap((outline) => {
    const points = outline.polygons.flat().map(project);
    if (points.length === 0) return [];
    const path = outline.polygons
      .map((polygon) => `M${polygon.map(project).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`)
      .join("");
    const halo = svgElement("path", { d: path, class: "outline-halo" });
    const line = svgElement("path", { d: path, class: `outline tone-${outline.tone}` });
    const place = placeLabel(points, outline.label.length, size);
    if (!place) return [halo, line];
    const text = svgElement("text", {
      x: place.x.toFixed(1),
      y: place.y.toFixed(1),
      class: `outline-label tone-${outline.tone}`,
      "text-anchor": "middle",
    });
    text.textContent = outline.label;
    return [halo, line, text];
  });
}

/**
 * Under the outline, as the words of marks stand above, and whole inside the pane; null where the
 * outline is out of sight.
 */
export function placeLabel(
  points: readonly { readonly x: number; readonly y: number }[],
  letters: number,
  size: OverlaySize,
): { x: number; y: number } | null {
  const across = points.map(({ x }) => x);
  const down = points.map(({ y }) => y);
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [top, bottom] = [Math.min(...down), Math.max(...down)];
  if (right < 0 || left > size.width || bottom < 0 || top > size.height) return null;
  const half = Math.min((letters * LETTER_REM * size.rem) / 2 + EDGE, size.width / 2);
  const middle = across.reduce((sum, x) => sum + x, 0) / across.length;
  return {
    x: Math.min(Math.max(middle, half), size.width - half),
    y: bottom + 1.2 * size.rem <= size.height - EDGE ? bottom + 1.2 * size.rem : Math.max(size.rem, top - 8),
  };
}

/** The keyboard's crosshair. */
export function drawCrosshair(point: { x: number; y: number }): SVGElement {
  const arms = [
    [-22, 0, -7, 0],
    [7, 0, 22, 0],
    [0, -22, 0, -7],
    [0, 7, 0, 22],
  ] as const;
  const path = arms.map(([a, b, c, d]) => `M${a} ${b}L${c} ${d}`).join("");
  const group = svgElement("g", {
    class: "crosshair",
    transform: `translate(${point.x.toFixed(1)} ${point.y.toFixed(1)})`,
  });
  group.append(svgElement("path", { d: path, class: "crosshair-halo" }));
  group.append(svgElement("path", { d: path, class: "crosshair-line" }));
  return group;
}
