"""Grey values of tissue: how far two sets' histograms are apart.

Source: Lin, "Divergence measures based on the Shannon entropy", IEEE Trans Inf Theory 37, 1991.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BINS = 64


def count_greys(regions: NDArray[np.float32]) -> NDArray[np.int64]:
    """(N, 64) pixels of (N, n, n) regions by grey, bins of equal width from 0 to 1."""
    bins = np.minimum((regions * BINS).astype(np.int64), BINS - 1).reshape(len(regions), -1)
    return np.stack([np.bincount(row, minlength=BINS) for row in bins])


def measure_divergence(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Jensen-Shannon divergence of two sets in bits: 0 the same histogram, 1 none in common.

    Args:
        one: (N, B) counts by region; the set's histogram is their sum.
        other: (M, B).

    Raises:
        ValueError: if a set is empty.
    """
    p, q = (_normalise(counts) for counts in (one, other))
    middle = (p + q) / 2
    return float((_relative_entropy(p, middle) + _relative_entropy(q, middle)) / 2)


def _normalise(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    total = counts.sum()
    if total == 0:
        raise ValueError("no pixel to compare")
    return np.asarray(counts.sum(axis=0) / total, np.float64)


def _relative_entropy(p: NDArray[np.float64], q: NDArray[np.float64]) -> float:
    held = p > 0
    return float((p[held] * np.log2(p[held] / q[held])).sum())
