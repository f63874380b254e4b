"""Several readers, several modalities: Obuchowski and Rockette's analysis as Hillis has it.

It compares modalities (tests, forms, before and after) by any figure of merit that is the mean
of a kernel over cases, and generalises to readers and cases as drawn, or with either fixed.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from trainer.measure.estimates import Difference, Estimate, count_freedom, differ, divide, reach
from trainer.measure.readings import FloatArray, Readings

Generalise = Literal["readers and cases", "readers", "cases"]

# Fewest readers for a spread among readers to mean anything.
MINIMUM_READERS: Final = 3
ROUNDING: Final = 1e-24


@dataclass(frozen=True)
class Components:
    """What the test rests on: mean squares of the figures, and the pooled covariance over cases.

    Attributes:
        ms_modality: mean square of modalities.
        ms_interaction: mean square of modality by reader.
        variance: of one figure.
        cov1: of one reader in two modalities.
        cov2: of two readers in one modality.
        cov3: of two readers in two modalities.
    """

    ms_modality: float
    ms_interaction: float
    variance: float
    cov1: float
    cov2: float
    cov3: float


@dataclass(frozen=True)
class Analysis:
    """The test of equal modalities, each modality's mean, and every difference of two.

    Attributes:
        statistic: F; times `freedom_above` it is chi square where `freedom_below` is inf.
        freedom_above: degrees of freedom of the numerator.
        freedom_below: of the denominator.
        p: of equal modalities.
        modalities: in order, each from its own readings alone.
        differences: of every pair, first before second.
        components: what it rests on.
    """

    statistic: float
    freedom_above: int
    freedom_below: float
    p: float
    modalities: tuple[Estimate, ...]
    differences: tuple[Difference, ...]
    components: Components


def compare_modalities(
    readings: Readings, *, generalise: Generalise = "readers and cases"
) -> Analysis:
    """Test whether modalities are equal, and estimate each and every difference.

    Args:
        readings: of at least two modalities.
        generalise: to whom: readers and cases as drawn, or to one of them, the other fixed.

    Raises:
        ValueError: if there is one modality, or one reader where readers are drawn.

    Source: Obuchowski and Rockette, Commun Stat Simul 24:285 (1995); F, its degrees of freedom
    and the intervals by Hillis, Statistics in Medicine 26:596 (2007), and Hillis, Berbaum and
    Metz, Academic Radiology 15:647 (2008); covariances below 0 count as 0, as there.
    """
    modalities, readers = readings.figures.shape
    if modalities < 2:
        raise ValueError("a comparison takes at least two modalities")
    _check_readers(readers, generalise)
    parts = find_components(readings)
    below, freedom = _find_denominator(parts, modalities, readers, generalise)
    above = modalities - 1
    statistic = divide(parts.ms_modality, below)
    if np.isinf(freedom):
        p = float(stats.chi2.sf(statistic * above, above))
    else:
        p = float(stats.f.sf(statistic, above, freedom))
    means, error = readings.figures.mean(axis=1), float(np.sqrt(2 * below / readers))
    return Analysis(
        statistic,
        above,
        freedom,
        p,
        tuple(
            estimate_modality(readings.of_modality(index), generalise=generalise)
            for index in range(modalities)
        ),
        tuple(
            differ(
                float(means[first] - means[second]), error, freedom, first, second, readings.slack
            )
            for first, second in combinations(range(modalities), 2)
        ),
        parts,
    )


def estimate_modality(
    readings: Readings, *, generalise: Generalise = "readers and cases"
) -> Estimate:
    """Estimate the mean figure of merit of one modality over readers.

    Args:
        readings: of exactly one modality.
        generalise: as in `compare_modalities`.

    Raises:
        ValueError: if there is not one modality, or one reader where readers are drawn.

    Source: Hillis, Statistics in Medicine 26:596 (2007), for a single test.
    """
    modalities, readers = readings.figures.shape
    if modalities != 1:
        raise ValueError("an estimate takes exactly one modality")
    _check_readers(readers, generalise)
    figures, parts = readings.figures[0], find_components(readings)
    shared, freedom = max(parts.cov2, 0.0), np.inf
    if generalise == "cases":
        square = parts.variance + (readers - 1) * shared
    else:
        spread = _add_squares(figures - figures.mean()) / (readers - 1)
        square = spread + (readers * shared if generalise == "readers and cases" else 0.0)
        freedom = count_freedom(readers - 1, square, spread)
    value, error = float(figures.mean()), float(np.sqrt(square / readers))
    half = reach(error, freedom) if error else readings.slack
    return Estimate(value, max(value - half, 0.0), min(value + half, 1.0), error, freedom)


def find_components(readings: Readings) -> Components:
    """Find mean squares and pooled covariances; those that nothing rests on are 0."""
    figures = readings.figures
    modalities, readers = figures.shape
    of_modality = figures.mean(axis=1, keepdims=True)
    apart = figures - of_modality - figures.mean(axis=0) + figures.mean()
    modality, reader = (place.ravel() for place in np.indices(figures.shape))
    same_modality, same_reader = modality[:, None] == modality, reader[:, None] == reader
    pooled = readings.covariance
    return Components(
        readers * _add_squares(of_modality - figures.mean()) / max(modalities - 1, 1),
        _add_squares(apart) / max((modalities - 1) * (readers - 1), 1),
        _pool(pooled, same_modality & same_reader),
        _pool(pooled, ~same_modality & same_reader),
        _pool(pooled, same_modality & ~same_reader),
        _pool(pooled, ~same_modality & ~same_reader),
    )


def _check_readers(readers: int, generalise: Generalise) -> None:
    if generalise != "cases" and readers < 2:
        raise ValueError("at least two readers are needed to speak of readers")


def _find_denominator(
    parts: Components, modalities: int, readers: int, generalise: Generalise
) -> tuple[float, float]:
    shared = max(parts.cov2 - parts.cov3, 0.0)
    if generalise == "cases":
        # Readers fixed: how they differ in the effect is no error.
        return max(parts.variance - parts.cov1, 0.0) + (readers - 1) * shared, np.inf
    own = (modalities - 1) * (readers - 1)
    if generalise == "readers":
        return parts.ms_interaction, float(own)
    below = parts.ms_interaction + readers * shared
    return below, count_freedom(own, below, parts.ms_interaction)


def _pool(covariance: FloatArray, rows: NDArray[np.bool_]) -> float:
    return float(covariance[rows].mean()) if rows.any() else 0.0


def _add_squares(apart: FloatArray) -> float:
    total = float((apart**2).sum())
    # Figures are of the order of 1: less is what rounding leaves of no difference.
    return total if total > ROUNDING else 0.0
