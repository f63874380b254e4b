"""Does the network give back an image's own texture where it is given that image's own map?

The hardest test: a network that had learnt images by heart would draw a training image again from
its condition map. What the map itself tells (coarse tissue, lines) it tells of held-out images too,
so the same is measured on their maps: texture that agrees on training maps alone was remembered.

Texture is the image less its coarse map (the blur the network is given, taken from each image
itself), compared pixel by pixel, by bands and by tiles: a single remembered place would vanish in
the mean of an image.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from generation.anatomy.condition import COARSE_SIGMA_MM, blur_inside
from generation.auditing.patch_search import sum_boxes
from generation.auditing.texture import Scale, take_texture
from generation.quality.observer import average

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]

SCALE = Scale(factor=2, coarse_mm=COARSE_SIGMA_MM)
# Standard deviations in mm between which a band lies; the last is the coarse map's own.
BAND_EDGES_MM = (0.0, 0.4, 0.8, 1.6, COARSE_SIGMA_MM)
TILE_PX = 128
TILE_STEP_PX = TILE_PX // 2
LEAST_INSIDE = 0.95


@dataclass(frozen=True)
class Agreement:
    """Texture of a drawn image against that of the real image whose map it was drawn on.

    Attributes:
        image: file name of the real image.
        correlation: Pearson's, over the breast.
        bands: the same of each band of `BAND_EDGES_MM`.
        tiles: (N,) correlation in each tile of 25.6 mm inside the breast.
        spread: deviation of the drawn texture over that of the real one.
    """

    image: str
    correlation: float
    bands: tuple[float, ...]
    tiles: NDArray[np.float64]
    spread: float

    def with_share(self, share: float) -> float:
        """Correlation if this share of the drawn texture were the real image's own.

        Of t + s (r - t) with r, with t the drawn texture in units of the deviation of the real
        one r: exact, without drawing again.
        """
        ratio, rest = self.spread, 1 - share
        product = rest * self.correlation * ratio + share
        energy = (rest * ratio) ** 2 + 2 * rest * share * self.correlation * ratio + share**2
        return float(product / np.sqrt(energy))


def measure_agreement(
    drawn: FloatArray, real: FloatArray, inside: BoolArray, *, image: str
) -> Agreement | None:
    """Compare a drawn image with the real one of the same map.

    Args:
        drawn, real: (H, W) grey 0-1 at 0.1 mm, stored alike.
        inside: (H, W) breast without what is excluded.
        image: name of the real one.

    Returns:
        The agreement; None where nothing of the breast is left.
    """
    ours, theirs = (take_texture(grey, inside, SCALE) for grey in (drawn, real))
    deep = ours.inside
    if not deep.any():
        return None
    bands = [
        _correlate(first[deep], second[deep])
        for first, second in zip(
            _split_bands(drawn, inside), _split_bands(real, inside), strict=True
        )
    ]
    return Agreement(
        image=image,
        correlation=_correlate(ours.values[deep], theirs.values[deep]),
        bands=tuple(bands),
        tiles=_correlate_tiles(ours.values, theirs.values, deep),
        spread=float(ours.values[deep].std() / max(theirs.values[deep].std(), 1e-9)),
    )


def _split_bands(grey: FloatArray, inside: BoolArray) -> list[FloatArray]:
    """Texture in each band, fine to coarse."""
    small = average(grey, SCALE.factor)
    mask = average(inside.astype(np.float32), SCALE.factor) > 0.5
    blurred = [
        blur_inside(small, mask, sigma_px=sigma / SCALE.pixel_mm) if sigma else small
        for sigma in BAND_EDGES_MM
    ]
    return [fine - coarse for fine, coarse in pairwise(blurred)]


def _correlate(ours: FloatArray, theirs: FloatArray) -> float:
    ours, theirs = ours - ours.mean(), theirs - theirs.mean()
    norm = float(np.sqrt((ours**2).sum(dtype=np.float64) * (theirs**2).sum(dtype=np.float64)))
    return float((ours * theirs).sum(dtype=np.float64)) / max(norm, 1e-12)


def _correlate_tiles(
    ours: FloatArray, theirs: FloatArray, inside: BoolArray
) -> NDArray[np.float64]:
    """(N,) correlation in each tile of a half-overlapping grid that lies inside."""
    if min(inside.shape) < TILE_PX:
        return np.zeros(0)
    a, b = ours.astype(np.float64), theirs.astype(np.float64)
    area = TILE_PX**2
    sums = [
        sum_boxes(part, TILE_PX)[::TILE_STEP_PX, ::TILE_STEP_PX] / area
        for part in (a, b, a * a, b * b, a * b, inside.astype(np.float64))
    ]
    mean_a, mean_b, square_a, square_b, product, share = sums
    spread = np.maximum((square_a - mean_a**2) * (square_b - mean_b**2), 1e-18)
    correlation = (product - mean_a * mean_b) / np.sqrt(spread)
    return np.asarray(correlation[share >= LEAST_INSIDE], np.float64)
