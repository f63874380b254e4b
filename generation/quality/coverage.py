"""Precision and recall, density and coverage: fidelity and variety told apart.

Sources: precision and recall, Kynkaanniemi et al. 2019 (arXiv 1904.06991); density and coverage,
Naeem et al. 2020 (arXiv 2002.09797).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Features = NDArray[np.float64]

NEIGHBOURS = 5


@dataclass(frozen=True)
class Coverage:
    """How two sets of features lie in each other.

    Attributes:
        precision: share of the other set inside the real set's manifold, 0-1.
        recall: share of the real set inside the other's manifold, 0-1.
        density: how deep inside the real set the other lies; 1 expected for equal distributions.
        coverage: share of real points with another set's point nearer than their k-th real one.
    """

    precision: float
    recall: float
    density: float
    coverage: float


def measure_coverage(real: Features, other: Features, *, neighbours: int = NEIGHBOURS) -> Coverage:
    """The four values, with balls that reach each point's `neighbours`-th nearest of its own set.

    Args:
        real: (N, D) features.
        other: (M, D) features.
        neighbours: k.

    Raises:
        ValueError: if a set has no more than `neighbours` rows.
    """
    if min(len(real), len(other)) <= neighbours:
        raise ValueError(f"{min(len(real), len(other))} rows have no {neighbours} neighbours each")
    real_reach = _reach(real, neighbours)
    other_reach = _reach(other, neighbours)
    between = cdist(real, other)
    inside_real = between <= real_reach[:, None]
    inside_other = between <= other_reach[None, :]
    return Coverage(
        precision=float(inside_real.any(axis=0).mean()),
        recall=float(inside_other.any(axis=1).mean()),
        density=float(inside_real.sum(axis=0).mean() / neighbours),
        coverage=float(inside_real.any(axis=1).mean()),
    )


def _reach(features: Features, neighbours: int) -> Features:
    """(N,) distance of each row to its k-th nearest other row of the same set."""
    distances = cdist(features, features)
    np.fill_diagonal(distances, np.inf)
    return np.asarray(np.partition(distances, neighbours - 1, axis=1)[:, neighbours - 1])
