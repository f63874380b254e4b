"""Several readers, the same cases: Obuchowski and Rockette's analysis with Hillis' freedom.

It takes the kernel of any two-class figure of merit, (modality, reader, P, N), whose mean over
cases is the figure: of `trainer.measure.localised`, or of ROC ratings.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as student

FloatArray = NDArray[np.float64]
Covariance = Literal["jackknife", "delong"]
Generalise = Literal["readers and cases", "readers", "cases"]

# Fewest readers for a spread among readers to mean anything.
MINIMUM_READERS: Final = 3


@dataclass(frozen=True)
class Comparison:
    """A difference, or one modality's mean, with its 95 % interval.

    Attributes:
        value: first minus second modality, or the one modality's mean over readers.
        low: end of the interval, with `high`.
        high: see there.
        error: standard error.
        freedom: degrees of freedom; inf where the normal distribution serves.
        p: two-sided, of no difference; None for a single modality.
    """

    value: float
    low: float
    high: float
    error: float
    freedom: float
    p: float | None


def jackknife_covariance(kernel: FloatArray) -> FloatArray:
    """Covariance of figures of merit, (F, F), by leaving out one case at a time.

    Args:
        kernel: (F, P, N) of F figures on the same cases.

    Source: Quenouille and Tukey's jackknife over all cases of both classes.
    """
    _, positive, negative = kernel.shape
    total = kernel.sum(axis=(1, 2))[:, None]
    without_positive = (total - kernel.sum(axis=2)) / ((positive - 1) * negative)
    without_negative = (total - kernel.sum(axis=1)) / (positive * (negative - 1))
    left = np.concatenate([without_positive, without_negative], axis=1)
    away = left - left.mean(axis=1, keepdims=True)
    cases = positive + negative
    return np.asarray((cases - 1) / cases * away @ away.T)


def delong_covariance(kernel: FloatArray) -> FloatArray:
    """Covariance of figures of merit, (F, F), by structural components.

    Args:
        kernel: (F, P, N) of F figures on the same cases.

    Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44:837 (1988).
    """
    of_positive, of_negative = kernel.mean(axis=2), kernel.mean(axis=1)
    return (
        np.atleast_2d(np.cov(of_positive)) / kernel.shape[1]
        + np.atleast_2d(np.cov(of_negative)) / kernel.shape[2]
    )


def compare_modalities(
    kernel: FloatArray,
    *,
    covariance: Covariance = "jackknife",
    generalise: Generalise = "readers and cases",
) -> Comparison:
    """Compare two modalities that the same readers read on the same cases.

    Args:
        kernel: (2, R, P, N).
        covariance: how the covariance over cases is estimated.
        generalise: to whom: readers and cases as drawn, or either of them fixed.

    Raises:
        ValueError: if there are not two modalities, or fewer than two readers where readers
            are drawn.

    Source: Obuchowski and Rockette, Commun Stat Simul 24:285 (1995); Hillis, Statistics in
    Medicine 26:596 (2007) and Academic Radiology 15:647 (2008) for the degrees of freedom.
    """
    if kernel.shape[0] != 2:
        raise ValueError("a comparison takes exactly two modalities")
    readers = _count_readers(kernel, generalise)
    figures = kernel.mean(axis=(2, 3))
    variance, cov1, cov2, cov3 = _pool(kernel, covariance)
    difference = float(figures[0].mean() - figures[1].mean())
    spread = figures - figures.mean(axis=0) - figures.mean(axis=1, keepdims=True) + figures.mean()
    ms_tr = float((spread**2).sum() / max(readers - 1, 1))
    if generalise == "cases":
        # Readers fixed: the interaction with readers is no error.
        square = (variance - cov1 + (readers - 1) * (cov2 - cov3)) * 2 / readers
        return _conclude(difference, square, np.inf)
    extra = readers * max(cov2 - cov3, 0.0) if generalise == "readers and cases" else 0.0
    square = 2 * (ms_tr + extra) / readers
    freedom = np.inf if ms_tr == 0 else (readers - 1) * ((ms_tr + extra) / ms_tr) ** 2
    return _conclude(difference, square, freedom)


def estimate_modality(
    kernel: FloatArray,
    *,
    covariance: Covariance = "jackknife",
    generalise: Generalise = "readers and cases",
) -> Comparison:
    """Estimate the mean figure of merit of one modality over readers.

    Args:
        kernel: (1, R, P, N).
        covariance: as in `compare_modalities`.
        generalise: as in `compare_modalities`.

    Raises:
        ValueError: as `compare_modalities`.

    Source: Hillis, Academic Radiology 15:647 (2008), for a single test.
    """
    if kernel.shape[0] != 1:
        raise ValueError("an estimate takes exactly one modality")
    readers = _count_readers(kernel, generalise)
    figures = kernel.mean(axis=(2, 3))[0]
    variance, _, cov2, _ = _pool(kernel, covariance)
    value = float(figures.mean())
    if generalise == "cases":
        square = (variance + (readers - 1) * cov2) / readers
        return _conclude(value, square, np.inf, tested=False)
    ms_r = float(figures.var(ddof=1))
    extra = readers * max(cov2, 0.0) if generalise == "readers and cases" else 0.0
    freedom = np.inf if ms_r == 0 else (readers - 1) * ((ms_r + extra) / ms_r) ** 2
    return _conclude(value, (ms_r + extra) / readers, freedom, tested=False)


def _count_readers(kernel: FloatArray, generalise: Generalise) -> int:
    readers = int(kernel.shape[1])
    if generalise != "cases" and readers < 2:
        raise ValueError("at least two readers are needed to speak of readers")
    return readers


def _pool(kernel: FloatArray, covariance: Covariance) -> tuple[float, float, float, float]:
    """Variance; covariances of other modality, other reader, and both other; each averaged."""
    modalities, readers = kernel.shape[:2]
    flat = kernel.reshape(modalities * readers, *kernel.shape[2:])
    found = jackknife_covariance(flat) if covariance == "jackknife" else delong_covariance(flat)
    modality = np.repeat(np.arange(modalities), readers)
    reader = np.tile(np.arange(readers), modalities)
    same_modality = modality[:, None] == modality
    same_reader = reader[:, None] == reader

    def mean(rows: NDArray[np.bool_]) -> float:
        return float(found[rows].mean()) if rows.any() else 0.0

    return (
        mean(same_modality & same_reader),
        mean(~same_modality & same_reader),
        mean(same_modality & ~same_reader),
        mean(~same_modality & ~same_reader),
    )


def _conclude(value: float, square: float, freedom: float, *, tested: bool = True) -> Comparison:
    error = float(np.sqrt(max(square, 0.0)))
    half = float(student.ppf(0.975, freedom)) * error
    p = None
    if tested:
        p = float(2 * student.sf(abs(value) / error, freedom)) if error else float(value == 0)
    return Comparison(value, value - half, value + half, error, float(freedom), p)


def compare_areas(first: FloatArray, second: FloatArray) -> Comparison:
    """Compare two areas under ROC curves on the same cases, by DeLong's paired test.

    Args:
        first: (P, N) kernel of one reader, as of `trainer.measure.localised.pair_roc`.
        second: (P, N) of the other.
    """
    return compare_modalities(
        np.stack([first, second])[:, None], covariance="delong", generalise="cases"
    )
