"""Truth masks as polygons: what feedback draws over the image."""

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Polygon = list[Point]
Grid = tuple[int, int]

# Largest distance in pixels between the traced contour and the polygon kept of it.
TOLERANCE_PX = 0.6
# A small shape, such as one calcification, keeps its corners: its contour's length times this.
TOLERANCE_SHARE = 0.02

# Midpoints of a cell's four sides from its top-left pixel centre (x, y), in half pixels.
_TOP, _RIGHT, _BOTTOM, _LEFT = (1, 0), (2, 1), (1, 2), (0, 1)

# Cell code: top-left 8, top-right 4, bottom-right 2, bottom-left 1. Each segment runs with the
# inside on its right hand (y down): outer contours go clockwise on screen, holes the other way.
# The two saddles (5, 10) join the diagonal, so that a thin slanting line stays one piece.
_SEGMENTS: dict[int, tuple[tuple[Grid, Grid], ...]] = {
    1: ((_LEFT, _BOTTOM),),
    2: ((_BOTTOM, _RIGHT),),
    3: ((_LEFT, _RIGHT),),
    4: ((_RIGHT, _TOP),),
    5: ((_LEFT, _TOP), (_RIGHT, _BOTTOM)),
    6: ((_BOTTOM, _TOP),),
    7: ((_LEFT, _TOP),),
    8: ((_TOP, _LEFT),),
    9: ((_TOP, _BOTTOM),),
    10: ((_TOP, _RIGHT), (_BOTTOM, _LEFT)),
    11: ((_TOP, _RIGHT),),
    12: ((_RIGHT, _LEFT),),
    13: ((_RIGHT, _BOTTOM),),
    14: ((_BOTTOM, _LEFT),),
}


def trace_outlines(mask: NDArray[np.bool_], *, tolerance_px: float = TOLERANCE_PX) -> list[Polygon]:
    """Trace the borders of a mask as closed polygons (marching squares at half height).

    Args:
        mask: (H, W) bool.
        tolerance_px: largest deviation of the simplified polygon from the traced contour; less
            for small shapes.

    Returns:
        Polygons as lists of (x, y) in pixels, integers being pixel centres; the last point is
        not repeated. Outer contours are clockwise on screen, holes anticlockwise, so both the
        even-odd and the non-zero rule fill the mask. Empty for an empty mask.

    Raises:
        ValueError: if the mask is not two-dimensional.

    Source: Lorensen and Cline, Marching Cubes (1987), in two dimensions.
    """
    if mask.ndim != 2:
        raise ValueError(f"a mask is two-dimensional, not {mask.shape}")
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if rows.size == 0:
        return []
    top, left = int(rows[0]), int(columns[0])
    box = np.pad(mask[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    loops = _link(_segments(box))
    # The padding moved the box by one pixel; half pixels back to pixels.
    return [
        _simplify([(x / 2 + left - 1, y / 2 + top - 1) for x, y in loop], tolerance_px)
        for loop in loops
    ]


def _segments(box: NDArray[np.bool_]) -> dict[Grid, Grid]:
    """Map each border point to the next; a point on a grid side belongs to one contour only."""
    cells = 8 * box[:-1, :-1].astype(np.uint8) + 4 * box[:-1, 1:] + 2 * box[1:, 1:] + box[1:, :-1]
    following: dict[Grid, Grid] = {}
    for y, x in np.argwhere((cells > 0) & (cells < 15)).tolist():
        for (start_x, start_y), (end_x, end_y) in _SEGMENTS[int(cells[y, x])]:
            following[2 * x + start_x, 2 * y + start_y] = (2 * x + end_x, 2 * y + end_y)
    return following


def _link(following: dict[Grid, Grid]) -> list[list[Grid]]:
    loops = []
    while following:
        start, point = following.popitem()
        loop = [start]
        while point != start:
            loop.append(point)
            point = following.pop(point)
        loops.append(loop)
    return loops


def _simplify(loop: Polygon, tolerance: float) -> Polygon:
    """Douglas-Peucker on a closed polygon, split at the point farthest from the first."""
    points = np.asarray(loop)
    tolerance = min(tolerance, TOLERANCE_SHARE * len(loop))
    far = int(np.argmax(np.hypot(*(points - points[0]).T)))
    keep = np.zeros(len(points) + 1, bool)
    keep[[0, far]] = True
    closed = np.vstack([points, points[:1]])
    spans = [(0, far), (far, len(points))]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        distance = _distances(closed[first + 1 : last], closed[first], closed[last])
        worst = int(np.argmax(distance))
        if distance[worst] > tolerance:
            middle = first + 1 + worst
            keep[middle] = True
            spans += [(first, middle), (middle, last)]
    kept = [(float(x), float(y)) for x, y in points[keep[:-1]]]
    return kept if len(kept) > 2 else loop


def _distances(
    points: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Distances of points (n, 2) from the segment's line; from its point if it has no length."""
    direction, offset = end - start, points - start
    length = float(np.hypot(*direction))
    if length == 0:
        return np.hypot(offset[:, 0], offset[:, 1])
    return np.abs(direction[0] * offset[:, 1] - direction[1] * offset[:, 0]) / length
