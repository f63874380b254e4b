"""Kernel distance between two sets of features (KID: unbiased squared MMD, cubic kernel).

Source: Binkowski et al., "Demystifying MMD GANs", ICLR 2018 (arXiv 1801.01401).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float64]


@dataclass(frozen=True)
class KernelDistance:
    """Mean over subsets and its standard error; 0 for equal distributions, below it by chance."""

    value: float
    standard_error: float


def measure_kernel_distance(
    real: Features, other: Features, *, subsets: int = 100, subset_size: int = 100, seed: int = 0
) -> KernelDistance:
    """Unbiased squared MMD with k(x, y) = (x.y / D + 1)^3, averaged over random subsets.

    Args:
        real: (N, D) features.
        other: (M, D) features.
        subsets: how many pairs of subsets are averaged.
        subset_size: rows of each subset; all rows of the smaller set where it has fewer.
        seed: picks the subsets.

    Raises:
        ValueError: if a set has fewer than two rows or the widths differ.
    """
    raise NotImplementedError
