"""Precision and recall, density and coverage: fidelity and variety told apart.

Sources: precision and recall, Kynkaanniemi et al. 2019 (arXiv 1904.06991); density and coverage,
Naeem et al. 2020 (arXiv 2002.09797).

Both take every row for a draw of its own. Patches of one image are not: a patch's nearest
neighbours are of its own image, its ball reaches no other woman, and two halves of the real
images hardly cover each other. So where the images are given, a ball reaches to the k-th nearest
patch of another image.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Features = NDArray[np.float64]
IntArray = NDArray[np.int64]

NEIGHBOURS = 5


@dataclass(frozen=True)
class Coverage:
    """How two sets of features lie in each other.

    Attributes:
        precision: share of the other set inside the real set's manifold, 0-1.
        recall: share of the real set inside the other's manifold, 0-1.
        density: how deep inside the real set the other lies; 1 expected of equal distributions
            of independent rows.
        coverage: share of real points with another set's point nearer than their k-th real one.
    """

    precision: float
    recall: float
    density: float
    coverage: float


def measure_coverage(
    real: Features,
    other: Features,
    *,
    neighbours: int = NEIGHBOURS,
    real_groups: IntArray | None = None,
    other_groups: IntArray | None = None,
) -> Coverage:
    """The four values, with balls that reach each point's `neighbours`-th nearest of its own set.

    Args:
        real: (N, D) features.
        other: (M, D) features.
        neighbours: k.
        real_groups: (N,) image of each row; neighbours of the same image do not count. Without
            them each row is an image.
        other_groups: (M,) the same.

    Raises:
        ValueError: if a row of a set has fewer than `neighbours` rows of other images in it.
    """
    real_reach = _reach(real, neighbours, real_groups)
    other_reach = _reach(other, neighbours, other_groups)
    between = cdist(real, other)
    inside_real = between <= real_reach[:, None]
    inside_other = between <= other_reach[None, :]
    return Coverage(
        precision=float(inside_real.any(axis=0).mean()),
        recall=float(inside_other.any(axis=1).mean()),
        density=float(inside_real.sum(axis=0).mean() / neighbours),
        coverage=float(inside_real.any(axis=1).mean()),
    )


def _reach(features: Features, neighbours: int, groups: IntArray | None) -> Features:
    """(N,) distance of each row to its k-th nearest of the same set and another image."""
    names = np.arange(len(features)) if groups is None else groups
    same = names[:, None] == names[None, :]
    if len(features) == 0 or (~same).sum(axis=1).min() < neighbours:
        raise ValueError(f"{len(features)} rows have no {neighbours} neighbours each")
    distances = cdist(features, features)
    distances[same] = np.inf
    return np.asarray(np.partition(distances, neighbours - 1, axis=1)[:, neighbours - 1])
