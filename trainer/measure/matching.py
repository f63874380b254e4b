"""Where a mark fell: its distance from a finding's mask, and the finding it localises."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]
BoolArray = NDArray[np.bool_]

TOLERANCE_MM: Final = 5.0


def measure_distance_mm(
    mask: BoolArray, x: float, y: float, *, pixel_mm: float, reach_mm: float = TOLERANCE_MM
) -> float:
    """Measure how far a mark lies from the nearest pixel of a mask.

    Args:
        mask: (H, W) what a reader can see of the finding in this view.
        x: mark position, pixels to the right of the first pixel's centre.
        y: mark position, pixels below the first pixel's centre.
        pixel_mm: pixel pitch.
        reach_mm: farther than this is not told apart; only this neighbourhood is searched.

    Returns:
        Distance in mm to the nearest mask pixel's centre, 0 on the mask, inf beyond the reach.

    Raises:
        ValueError: if the pitch or the reach is not positive.
    """
    if pixel_mm <= 0 or reach_mm <= 0:
        raise ValueError("pixel pitch and reach must be positive")
    height, width = mask.shape
    column, row = round(x), round(y)
    if 0 <= row < height and 0 <= column < width and mask[row, column]:
        return 0.0
    reach = int(np.ceil(reach_mm / pixel_mm)) + 1
    top, left = max(row - reach, 0), max(column - reach, 0)
    window = mask[top : max(row + reach + 1, 0), left : max(column + reach + 1, 0)]
    rows, columns = np.nonzero(window)
    if rows.size == 0:
        return np.inf
    nearest = float(np.hypot(rows + top - y, columns + left - x).min()) * pixel_mm
    # A float's worth of slack, so that a mark at exactly the tolerance counts as within it.
    return nearest if nearest <= reach_mm + 1e-9 else np.inf


def find_centre(mask: BoolArray) -> tuple[float, float]:
    """Find a mask's centroid.

    Args:
        mask: (H, W), not empty.

    Returns:
        (x, y) in pixels from the first pixel's centre.

    Raises:
        ValueError: if the mask is empty.
    """
    rows, columns = np.nonzero(mask)
    if rows.size == 0:
        raise ValueError("an empty mask has no centre")
    return float(columns.mean()), float(rows.mean())


def match_marks(
    distances_mm: NDArray[Any], centre_distances_mm: NDArray[Any], *, tolerance_mm: float
) -> IntArray:
    """Assign each mark of one view to the finding it localises, nearest first, one mark each.

    Args:
        distances_mm: (M, L) distance of every mark from every finding's mask, 0 inside it.
        centre_distances_mm: (M, L) distance from the finding's centre; orders marks that lie
            equally far from the mask, as all marks inside it do.
        tolerance_mm: largest distance from the mask that still localises the finding.

    Returns:
        (M,) index of the finding localised by each mark; -1 for a mark that localises none,
        either because it is too far away or because a nearer mark took the finding.

    Raises:
        ValueError: if the tolerance is not positive or the shapes differ.

    Source: nearest-first assignment with an acceptance radius as in Chakraborty, Observer
    Performance Methods for Diagnostic Imaging (2017), with distance taken from the outline.
    """
    if tolerance_mm <= 0:
        raise ValueError("the tolerance must be positive")
    if distances_mm.shape != centre_distances_mm.shape:
        raise ValueError("the two distance tables must have the same shape")
    matched = np.full(distances_mm.shape[0], -1, dtype=np.intp)
    taken: set[int] = set()
    order = np.lexsort((centre_distances_mm.ravel(), distances_mm.ravel()))
    for mark, finding in zip(*np.unravel_index(order, distances_mm.shape), strict=True):
        if distances_mm[mark, finding] > tolerance_mm + 1e-9:
            break
        if matched[mark] == -1 and int(finding) not in taken:
            matched[mark] = finding
            taken.add(int(finding))
    return matched
