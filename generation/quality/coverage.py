"""Precision and recall, density and coverage: fidelity and variety told apart.

Sources: precision and recall, Kynkaanniemi et al. 2019 (arXiv 1904.06991); density and coverage,
Naeem et al. 2020 (arXiv 2002.09797).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    raise NotImplementedError
