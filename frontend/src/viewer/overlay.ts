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

/** Truth outlines with their words, as SVG children. */
export function drawOutlines(
  outlines: readonly OutlineShape[],
  project: Project,
): SVGElement[] {
  return outlines.flatMap((outline) => {
    const points = outline.polygons.flat().map(project);
    if (points.length === 0) return [];
    const path = outline.polygons
      .map((polygon) => `M${polygon.map(project).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`)
      .join("");
    const top = Math.min(...points.map(({ y }) => y));
    const middle = points.reduce((sum, { x }) => sum + x, 0) / points.length;
    const halo = svgElement("path", { d: path, class: "outline-halo" });
    const line = svgElement("path", { d: path, class: `outline tone-${outline.tone}` });
    const text = svgElement("text", {
      x: middle.toFixed(1),
      y: Math.max(14, top - 8).toFixed(1),
      class: `outline-label tone-${outline.tone}`,
      "text-anchor": "middle",
    });
    text.textContent = outline.label;
    return [halo, line, text];
  });
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
