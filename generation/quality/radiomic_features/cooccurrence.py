"""Grey level co-occurrence (GLCM): how often two levels are neighbours.

Source: pyradiomics 3.0.1 `radiomics.glcm` at distance 1, symmetric, each feature the mean over the
four directions; the 22 features of the published Frechet radiomics distance. With i + j and i - j
of the pair, i j = ((i + j)^2 - (i - j)^2) / 4, so all but four features come from the
distributions of the sum and of the difference.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
Matrix = NDArray[np.float64]

DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))
TINY = float(np.spacing(1))


def measure_cooccurrence(levels: IntArray) -> dict[str, float]:
    """22 features of (H, W) levels from 1."""
    sets = [_measure_direction(_count_pairs(levels, step)) for step in DIRECTIONS]
    return {name: float(np.mean([found[name] for found in sets])) for name in sets[0]}


def _count_pairs(levels: IntArray, step: tuple[int, int]) -> Matrix:
    """(L, L) symmetric probabilities of neighbouring levels."""
    down, right = step
    height, width = levels.shape
    first = levels[: height - down, max(0, -right) : width - max(0, right)]
    second = levels[down:, max(0, right) : width - max(0, -right)]
    count = int(levels.max())
    pairs = (first.ravel() - 1) * count + second.ravel() - 1
    matrix = np.bincount(pairs, minlength=count * count).reshape(count, count)
    symmetric = (matrix + matrix.T).astype(np.float64)
    return np.asarray(symmetric / symmetric.sum())


def _measure_direction(matrix: Matrix) -> dict[str, float]:
    count = len(matrix)
    i, j = np.indices(matrix.shape)
    p = matrix.ravel()
    total = np.bincount((i + j).ravel(), p).astype(np.float64)
    apart = np.bincount(np.abs(i - j).ravel(), p).astype(np.float64)
    one = matrix.sum(axis=1)
    level = np.arange(1, count + 1)
    mean = float((level * one).sum())
    variance = float(((level - mean) ** 2 * one).sum())
    return {
        **_measure_sums(total, apart, mean),
        **_measure_differences(apart, count),
        **_measure_information(p, one),
        "JointAverage": mean,
        "SumSquares": variance,
        "Correlation": _correlate(total, apart, mean, variance),
    }


def _correlate(total: Matrix, apart: Matrix, mean: float, variance: float) -> float:
    return (_product(total, apart) - mean**2) / variance if variance > 0 else 1.0


def _product(total: Matrix, apart: Matrix) -> float:
    """Mean of i j."""
    sums, steps = np.arange(2, len(total) + 2), np.arange(len(apart))
    return float(((sums**2 * total).sum() - (steps**2 * apart).sum()) / 4)


def _measure_sums(total: Matrix, apart: Matrix, mean: float) -> dict[str, float]:
    off = np.arange(2, len(total) + 2) - 2 * mean
    return {
        "Autocorrelation": _product(total, apart),
        "ClusterProminence": float((off**4 * total).sum()),
        "ClusterShade": float((off**3 * total).sum()),
        "ClusterTendency": float((off**2 * total).sum()),
        "SumEntropy": _entropy(total),
    }


def _measure_differences(apart: Matrix, count: int) -> dict[str, float]:
    step = np.arange(len(apart))
    mean = (step * apart).sum()
    found = {
        "Contrast": (step**2 * apart).sum(),
        "DifferenceAverage": mean,
        "DifferenceEntropy": _entropy(apart),
        "DifferenceVariance": ((step - mean) ** 2 * apart).sum(),
        "Id": (apart / (1 + step)).sum(),
        "Idm": (apart / (1 + step**2)).sum(),
        "Idn": (apart / (1 + step / count)).sum(),
        "Idmn": (apart / (1 + step**2 / count**2)).sum(),
        "InverseVariance": (apart[1:] / step[1:] ** 2).sum(),
    }
    return {name: float(value) for name, value in found.items()}


def _measure_information(p: Matrix, one: Matrix) -> dict[str, float]:
    joint, single = _entropy(p), _entropy(one)
    shared = max(0.0, 2 * single - joint)
    return {
        "JointEnergy": float((p**2).sum()),
        "JointEntropy": joint,
        "MaximumProbability": float(p.max()),
        "Imc1": -shared / single if single > TINY else 0.0,
        "Imc2": float(np.sqrt(1 - np.exp(-2 * shared))),
    }


def _entropy(p: Matrix) -> float:
    return float(-(p * np.log2(p + TINY)).sum())
