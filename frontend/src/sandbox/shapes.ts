import type { LadderStep, SandboxPreview } from "../api/types";
import { pointOf } from "../feedback/shapes";
import { imagePoint } from "../geometry/units";
import type { OutlineShape } from "../viewer/overlay";

/** Half the size, in image pixels, of what stands where a finding lies that does not show yet. */
const PLACE_PX = 40;

/** The edge of the finding in each view: of what is on screen. */
export function outlinesOf(
  now: SandboxPreview,
  made: LadderStep | null,
  label: string,
): OutlineShape[] {
  if (made) {
    return made.findings.flatMap(({ id, views }) =>
      views.map(({ key, outlines }) => shape(id, key, outlines, label)),
    );
  }
  if (now.at_once) return now.views.map(({ key, outlines }) => shape("f1", key, outlines, label));
  return Object.entries(now.places).map(([key, [x = 0, y = 0]]) => ({
    ...shape("f1", key as OutlineShape["view"], [], label),
    polygons: [diamond(x, y)],
  }));
}

const shape = (
  id: string,
  view: OutlineShape["view"],
  outlines: readonly (readonly (readonly number[])[])[],
  label: string,
): OutlineShape => ({
  id,
  view,
  polygons: outlines.map((polygon) => polygon.map(pointOf)),
  label,
  tone: "truth",
});

const diamond = (x: number, y: number) => [
  imagePoint(x - PLACE_PX, y),
  imagePoint(x, y - PLACE_PX),
  imagePoint(x + PLACE_PX, y),
  imagePoint(x, y + PLACE_PX),
];
