"""Agreement beyond chance: Cohen's kappa, plain and weighted, and Fleiss' kappa."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from trainer.measure.proportions import find_slack

FloatArray = NDArray[np.float64]
Weights = Literal["none", "linear", "quadratic"]

DENSITIES: Final = ("A", "B", "C", "D")
# By suspicion. Who calls a breast incomplete wants to see more of what may not be benign.
ASSESSMENTS: Final = ("1", "2", "3", "0", "4", "5")
# Fewest cases for which a kappa is shown: at 20 its interval still spans about half the scale.
MINIMUM_CASES: Final = 20


@dataclass(frozen=True)
class Kappa:
    """Agreement with its 95 % interval; None without enough cases, or if chance explains all."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool


def tabulate(pairs: Iterable[tuple[str, str]], scale: Sequence[str]) -> FloatArray:
    """Count how often two readers, or truth and reader, chose which categories, (C, C).

    Args:
        pairs: (first, second) of each case.
        scale: the categories in order.

    Raises:
        ValueError: if a category is not on the scale.
    """
    table = np.zeros((len(scale), len(scale)))
    for first, second in pairs:
        table[scale.index(first), scale.index(second)] += 1
    return table


def compute_kappa(table: ArrayLike, *, weights: Weights = "none") -> tuple[float, float]:
    """Compute Cohen's kappa and its large-sample standard error.

    Args:
        table: (C, C) counts, rows of one reader and columns of the other, categories in order.
        weights: how far apart counts: "none" any disagreement, else linear or quadratic.

    Returns:
        (kappa, standard error).

    Raises:
        ValueError: if the table is not square, empty, negative, or chance alone explains it all.

    Source: Cohen, Psychol Bull 70:213 (1968); error by Fleiss, Cohen and Everitt, Psychol Bull
    72:323 (1969).
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise ValueError("the table must be square and without negative counts")
    if counts.sum() == 0:
        raise ValueError("nothing was rated")
    n, size = counts.sum(), len(counts)
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    agreement = _weigh(size, weights)
    seen = float((agreement * shares).sum())
    chance = float((agreement * np.outer(rows, columns)).sum())
    if np.isclose(chance, 1):
        raise ValueError("both used one category alone: chance explains all")
    kappa = (seen - chance) / (1 - chance)
    by_row, by_column = agreement @ columns, rows @ agreement
    term = agreement - (by_row[:, None] + by_column[None, :]) * (1 - kappa)
    variance = (shares * term**2).sum() - (kappa - chance * (1 - kappa)) ** 2
    return kappa, float(np.sqrt(max(variance, 0.0) / n) / (1 - chance))


def estimate_kappa(
    table: ArrayLike, *, weights: Weights = "none", minimum_n: int = MINIMUM_CASES
) -> Kappa:
    """Estimate Cohen's kappa with its 95 % interval, or say that there is not enough to.

    Args:
        table: as in `compute_kappa`.
        weights: as in `compute_kappa`.
        minimum_n: fewest cases for which a figure is given.
    """
    counts = np.asarray(table, dtype=np.float64)
    n = int(counts.sum())
    if n < max(minimum_n, 1):
        return Kappa(None, None, None, n, enough=False)
    try:
        kappa, error = compute_kappa(counts, weights=weights)
    except ValueError:
        return Kappa(None, None, None, n, enough=False)
    # Who agrees throughout has no error, which would claim certainty.
    half = float(ndtri(0.975)) * error if error > 0 else find_slack(n)
    return Kappa(kappa, max(kappa - half, -1.0), min(kappa + half, 1.0), n, enough=True)


def compute_fleiss_kappa(counts: ArrayLike) -> float:
    """Compute Fleiss' kappa of several raters.

    Args:
        counts: (N, C) how many raters put each case in each category; as many for every case.

    Raises:
        ValueError: if cases differ in their number of raters, or chance alone explains it all.

    Source: Fleiss, Psychol Bull 76:378 (1971).
    """
    table = np.asarray(counts, dtype=np.float64)
    raters = table.sum(axis=1)
    if table.size == 0 or (raters != raters[0]).any() or raters[0] < 2:
        raise ValueError("every case needs the same number of raters, at least two")
    agreed = ((table**2).sum(axis=1) - raters) / (raters * (raters - 1))
    shares = table.sum(axis=0) / table.sum()
    chance = float((shares**2).sum())
    if np.isclose(chance, 1):
        raise ValueError("all used one category alone: chance explains all")
    return float((agreed.mean() - chance) / (1 - chance))


def _weigh(size: int, weights: Weights) -> FloatArray:
    apart = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / max(size - 1, 1)
    if weights == "none":
        return np.eye(size)
    return np.asarray(1 - (apart if weights == "linear" else apart**2))
