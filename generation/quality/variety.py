"""How far apart women are: pairwise distances of coarse maps brought to one small frame.

A map is laid over a grid in units of its own depth, chest wall to nipple, the nipple's height in
the middle, so that size and framing drop out and what is left is where the bright tissue lies.
Drawn and real images are measured alike; both are few, so nearest neighbours are compared between
sets of the same size.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

GRID = (32, 24)  # heights from one depth above the nipple to one below; depths from the chest wall
SEEN_SHARE = 0.3  # of the grid that two breasts must share to be compared


@dataclass(frozen=True)
class Variety:
    """Spread of a set of maps.

    Attributes:
        count: maps.
        median, low: median and 5th percentile of all pairwise distances.
        nearest: median distance to the nearest neighbour.
        nearest_low: 5th percentile of it.
    """

    count: int
    median: float
    low: float
    nearest: float
    nearest_low: float

    def to_json(self) -> dict[str, float]:
        return {name: round(float(value), 4) for name, value in asdict(self).items()}


def frame_map(
    coarse: FloatArray, mask: BoolArray, nipple_xy: tuple[float, float]
) -> tuple[FloatArray, BoolArray]:
    """Resample a coarse map to `GRID`.

    Args:
        coarse: (h, w) blurred grey, left orientation.
        mask: (h, w) breast.
        nipple_xy: nipple in pixels of the map.

    Returns:
        (32, 24) grey, 0 outside the breast, and (32, 24) where there is breast.
    """
    depth = nipple_xy[0]
    y = nipple_xy[1] + (np.arange(GRID[0]) + 0.5 - GRID[0] / 2) * 2 * depth / GRID[0]
    x = (np.arange(GRID[1]) + 0.5) * depth / GRID[1]
    at = np.stack(np.meshgrid(y, x, indexing="ij"))
    # A grid cell is wider than the map's blur: average over the cell first.
    cell = depth / GRID[1] / 2
    weight = ndimage.gaussian_filter(mask.astype(np.float32), cell, truncate=2)
    total = ndimage.gaussian_filter(np.where(mask, coarse, 0).astype(np.float32), cell, truncate=2)
    mean = total / np.maximum(weight, 1e-3)
    inside = ndimage.map_coordinates(mask.astype(np.float32), at, order=1) > 0.5
    grey = ndimage.map_coordinates(mean, at, order=1, mode="nearest")
    return np.where(inside, grey, 0).astype(np.float32), np.asarray(inside)


def compare_grey(maps: FloatArray, inside: BoolArray) -> FloatArray:
    """(N, N) root mean square difference of grey where both have breast; nan where too little."""
    return _compare(maps, inside, standardise=False)


def compare_pattern(maps: FloatArray, inside: BoolArray) -> FloatArray:
    """(N, N) 1 - correlation where both have breast: the pattern, whatever its grey; nan as above.

    Args:
        maps: (N, 32, 24) from `frame_map`.
        inside: (N, 32, 24) where there is breast.
    """
    return _compare(maps, inside, standardise=True)


def _compare(maps: FloatArray, inside: BoolArray, *, standardise: bool) -> FloatArray:
    count = len(maps)
    distance = np.zeros((count, count), np.float32)
    for i in range(count):
        for j in range(i):
            both = inside[i] & inside[j]
            distance[i, j] = distance[j, i] = _distance(
                maps[i][both], maps[j][both], standardise=standardise
            )
    return distance


def _distance(one: FloatArray, other: FloatArray, *, standardise: bool) -> float:
    if len(one) < SEEN_SHARE * GRID[0] * GRID[1]:
        return float("nan")
    if not standardise:
        return float(np.sqrt(((one - other) ** 2).mean()))
    product = ((one - one.mean()) * (other - other.mean())).mean()
    return float(1 - product / max(float(one.std() * other.std()), 1e-9))


def summarise(distance: FloatArray) -> Variety:
    """Spread of a set from its (N, N) pairwise distances; pairs of nan are left out.

    Raises:
        ValueError: if fewer than three maps are compared.
    """
    count = len(distance)
    if count < 3:
        raise ValueError("variety needs three maps or more")
    pairs = distance[np.triu_indices(count, 1)]
    others = np.where(np.eye(count, dtype=bool) | np.isnan(distance), np.inf, distance)
    nearest = others.min(axis=1)
    nearest = nearest[np.isfinite(nearest)]
    median, low = np.nanpercentile(pairs, (50, 5))
    return Variety(
        count,
        float(median),
        float(low),
        float(np.median(nearest)),
        float(np.percentile(nearest, 5)),
    )
