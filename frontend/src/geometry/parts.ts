import type { Extent, PaneSize } from "./camera";
import { mm, type SidePoint } from "./units";

/** Centres, in mm, that cover `from` to `to` with windows of `size`; one window starts at `from`. */
function cover(from: number, to: number, size: number): number[] {
  const count = Math.max(1, Math.ceil((to - from) / size - 1e-6));
  if (count === 1) return [from + size / 2];
  const step = (to - from - size) / (count - 1);
  return Array.from({ length: count }, (_none, index) => from + size / 2 + index * step);
}

/**
 * Where to look, one after the other, to see a whole breast at `scale` canvas pixels per mm: row by
 * row from the top, first from the chest wall to the nipple, then back.
 */
export function partsOf(extent: Extent, scale: number, pane: PaneSize): SidePoint[] {
  const height = pane.height / scale;
  const low = extent.bottom - extent.top <= height;
  const rows = low
    ? [(extent.top + extent.bottom) / 2]
    : cover(extent.top, extent.bottom, height);
  const across = cover(0, extent.depth, pane.width / scale);
  return rows.flatMap((down, row) =>
    (row % 2 === 0 ? across : [...across].reverse()).map((depth) => ({
      depth: mm(depth),
      down: mm(down),
    })),
  );
}
