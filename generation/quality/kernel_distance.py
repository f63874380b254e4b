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
    if min(len(real), len(other)) < 2 or real.shape[1] != other.shape[1]:
        raise ValueError(f"no kernel distance between features of {real.shape} and {other.shape}")
    rng = np.random.default_rng(seed)
    size = min(subset_size, len(real), len(other))
    values = np.array(
        [
            _measure_subset(
                real[rng.choice(len(real), size, replace=False)],
                other[rng.choice(len(other), size, replace=False)],
            )
            for _ in range(subsets)
        ]
    )
    error = values.std(ddof=1) / np.sqrt(subsets) if subsets > 1 else 0.0
    return KernelDistance(float(values.mean()), float(error))


def _measure_subset(real: Features, other: Features) -> float:
    """Unbiased squared MMD of two equally large sets."""
    size = len(real)
    within = sum(
        (kernel.sum() - np.trace(kernel)) / (size * (size - 1))
        for kernel in (_kernel(real, real), _kernel(other, other))
    )
    return float(within - 2 * _kernel(real, other).mean())


def _kernel(a: Features, b: Features) -> Features:
    return np.asarray((a @ b.T / a.shape[1] + 1) ** 3)
