"""Agreement on training maps against agreement on held-out maps, and how small a leak is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.auditing.comparison import INTERVAL, RESAMPLINGS, Comparison, Distances, compare
from generation.auditing.leak import Agreement

FloatArray = NDArray[np.float64]

# Differences as large as this or larger come by chance in one audit of a hundred.
MOST_PERCENTILE = 99.0
SHARES = tuple(round(0.01 * step, 2) for step in range(1, 100))
# A network that gives back this share of an image's own texture must be found.
PLANTED_SHARE = 0.25


@dataclass(frozen=True)
class LeakComparison:
    """Correlations with the true image, on training and on held-out maps.

    Attributes:
        training, held_out: (N,), (M,) correlation of each image.
        difference: mean of the first less mean of the second.
        interval: 95 % of it, over resampled images.
        most: the 99th percentile of differences where images are dealt anew between both.
        share_found: the smallest share of the image's own texture in the drawn one that would
            be found, in steps of .01; 1 where not even more would.
        tiles: 1 - correlation of every tile, training against held-out.
    """

    training: FloatArray
    held_out: FloatArray
    difference: float
    interval: tuple[float, float]
    most: float
    share_found: float
    tiles: Comparison


def compare_leak(
    training: Sequence[Agreement], held_out: Sequence[Agreement], *, seed: int = 0
) -> LeakComparison:
    """Compare what was drawn on training maps with what was drawn on held-out maps.

    Raises:
        ValueError: if either is empty, or no tile lies inside a breast.
    """
    if not training or not held_out:
        raise ValueError("there is nothing to compare: no map was drawn on")
    ours, theirs = (np.array([each.correlation for each in part]) for part in (training, held_out))
    low, high = np.percentile(_resample_difference(ours, theirs, seed), INTERVAL)
    return LeakComparison(
        training=ours,
        held_out=theirs,
        difference=float(ours.mean() - theirs.mean()),
        interval=(float(low), float(high)),
        most=find_most(ours, theirs, seed=seed),
        share_found=find_share(training, theirs, seed=seed),
        tiles=compare(_take_tiles(training), _take_tiles(held_out), seed=seed),
    )


def find_most(ours: FloatArray, theirs: FloatArray, *, seed: int) -> float:
    """The 99th percentile of differences of means, images dealt anew between both sets."""
    rng = np.random.default_rng(seed)
    both = np.concatenate([ours, theirs])
    dealt = np.stack([rng.permutation(both) for _ in range(RESAMPLINGS)])
    differences = dealt[:, : len(ours)].mean(axis=1) - dealt[:, len(ours) :].mean(axis=1)
    return float(np.percentile(differences, MOST_PERCENTILE))


def find_share(training: Sequence[Agreement], held_out: FloatArray, *, seed: int) -> float:
    """The smallest share of their own texture in training images that would be found, or 1."""
    for share in SHARES:
        mixed = np.array([each.with_share(share) for each in training])
        if mixed.mean() - held_out.mean() > find_most(mixed, held_out, seed=seed):
            return share
    return 1.0


def _resample_difference(ours: FloatArray, theirs: FloatArray, seed: int) -> FloatArray:
    rng = np.random.default_rng(seed)
    first, second = (
        values[rng.integers(len(values), size=(RESAMPLINGS, len(values)))].mean(axis=1)
        for values in (ours, theirs)
    )
    return np.asarray(first - second)


def _take_tiles(agreements: Sequence[Agreement]) -> Distances:
    values = np.concatenate([1 - each.tiles for each in agreements])
    groups = np.repeat(
        [each.image for each in agreements], [len(each.tiles) for each in agreements]
    )
    return Distances(values, groups)
