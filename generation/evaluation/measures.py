"""Every measure of a set of pictures against the real ones, and of the real ones among themselves.

Each takes the real set and the other one and gives plain numbers for the report. Measures that
depend on how much they are given are taken at the sizes of the floor, half of the real images on
either side; those that compare means say how many deviations between real images lie between.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation import seeds
from generation.evaluation.described import Described
from generation.evaluation.tissue import SKIN_STEP_MM
from generation.quality.bands import BANDS_PER_MM
from generation.quality.coverage import measure_coverage
from generation.quality.floors import Spread, measure_against, measure_floor
from generation.quality.histogram import measure_divergence
from generation.quality.kernel_distance import measure_kernel_distance
from generation.quality.outliers import limit_features
from generation.quality.periodicity import find_lattices
from generation.quality.radiomics import measure_radiomics_distance
from generation.quality.two_sample import measure_two_sample

Values = NDArray[np.float64]
IntArray = NDArray[np.int64]
Numbers = dict[str, Any]
Measure = Callable[[Described, Described, int], Numbers]
Floor = Callable[[Described, int], Numbers]

SPLITS = 20
# Sets whose images were drawn on the maps of the real ones, under the same group.
PAIRED = ("network",)
COVERAGE_PARTS = ("precision", "recall", "density", "coverage")


def tell_apart(real: Described, other: Described, seed: int) -> Numbers:
    """AUC of a classifier trained to tell the two sets, and its scores."""
    found = measure_two_sample(
        real.patches,
        real.groups,
        other.patches,
        other.groups,
        seed=seed,
        paired=other.tissue.name in PAIRED,
    )
    return {
        "auc": found.auc,
        "low": found.low,
        "high": found.high,
        "real_scores": found.real_scores,
        "other_scores": found.other_scores,
    }


def tell_halves_apart(real: Described, seed: int) -> Numbers:
    """The same between two halves of the real images."""
    rng = seeds.generator(seed, "evaluation", index=0)
    women = rng.permutation(np.unique(real.groups))
    chosen = set(women[: len(women) // 2].tolist())
    first = [image.group in chosen for image in real.images]
    return tell_apart(real.take(first), real.take([not each for each in first]), seed)


def measure_radiomics(real: Described, other: Described, seed: int) -> Numbers:
    """Frechet radiomics distance, d squared, outliers held; "raw" as the features are."""
    held = [limit_features(each.radiomics, real.radiomics) for each in (real, other)]
    return _describe(_against(_radiomics(*held), real, other, seed)) | {
        "raw": _against(_radiomics(real.radiomics, other.radiomics), real, other, seed).mean
    }


def radiomics_floor(real: Described, seed: int) -> Numbers:
    held = limit_features(real.radiomics, real.radiomics)
    raw = _halve(_radiomics(real.radiomics, real.radiomics), real, seed)
    return _describe(_halve(_radiomics(held, held), real, seed)) | {
        "raw": raw.mean,
        "raw_lowest": min(raw.values),
        "raw_highest": max(raw.values),
    }


def measure_kernel(real: Described, other: Described, seed: int) -> Numbers:
    """Kernel distance on the feature network's features, all patches of both."""
    found = measure_kernel_distance(real.features, other.features, seed=seed)
    return {"value": found.value, "standard_error": found.standard_error}


def kernel_floor(real: Described, seed: int) -> Numbers:
    def between(rows: IntArray, others: IntArray) -> float:
        return measure_kernel_distance(real.features[rows], real.features[others], seed=seed).value

    return _describe(_halve(between, real, seed))


def measure_coverages(real: Described, other: Described, seed: int) -> Numbers:
    """Precision, recall, density and coverage at the floor's sizes."""
    return {
        part: _describe(_against(_coverage(part, real, other), real, other, seed))
        for part in COVERAGE_PARTS
    }


def coverage_floor(real: Described, seed: int) -> Numbers:
    return {
        part: _describe(_halve(_coverage(part, real, real), real, seed)) for part in COVERAGE_PARTS
    }


def measure_spectrum(real: Described, other: Described, seed: int) -> Numbers:
    """Exponent and octave bands of the power spectrum."""
    bands = [
        {"low_per_mm": low, "high_per_mm": high} | offset(real.bands[:, n], other.bands[:, n])
        for n, (low, high) in enumerate(BANDS_PER_MM)
    ]
    return {"exponent": offset(real.exponents, other.exponents), "bands_db": bands}


def measure_histogram(real: Described, other: Described, seed: int) -> Numbers:
    """Divergence of the grey histograms in bits, at the floor's sizes."""

    def between(rows: IntArray, others: IntArray) -> float:
        return measure_divergence(real.greys[rows], other.greys[others])

    return _describe(_against(between, real, other, seed))


def histogram_floor(real: Described, seed: int) -> Numbers:
    def between(rows: IntArray, others: IntArray) -> float:
        return measure_divergence(real.greys[rows], real.greys[others])

    spread = _halve(between, real, seed)
    return _describe(spread) | {"p95": float(np.percentile(spread.values, 95))}


def measure_moments(real: Described, other: Described, seed: int) -> Numbers:
    """Kurtosis and skewness of the greys of patches."""
    return {
        name: offset(real.moments[:, n], other.moments[:, n])
        for n, name in enumerate(("kurtosis", "skewness"))
    }


def measure_orientation(real: Described, other: Described, seed: int) -> Numbers:
    """Direction of fine structure, and how much of one there is."""
    return {
        "degrees": _mean_direction(other.orientations),
        "real_degrees": _mean_direction(real.orientations),
        "coherence": offset(real.orientations[:, 1], other.orientations[:, 1]),
    }


def measure_periodicity(real: Described, other: Described, seed: int) -> Numbers:
    """Lattices at the tile and upsampling periods that real images do not have."""
    rng = seeds.generator(seed, "evaluation", index=0)
    found = find_lattices(other.lattices, real.lattices, rng=rng)
    return {
        "periods": [
            {
                "period_mm": each.period_mm,
                "peak_db": each.peak,
                "peak_limit_db": each.peak_limit,
                "line_db": each.line,
                "line_limit_db": each.line_limit,
                "stands_out": each.stands_out,
            }
            for each in found
        ]
    }


def measure_skin(real: Described, other: Described, seed: int) -> Numbers:
    """Grey under the skin, 0-8 mm deep: a halo or a lost skin line shows here."""
    own, theirs = np.nanmean(real.skins, axis=0), np.nanmean(other.skins, axis=0)
    difference = theirs - own
    worst = int(np.nanargmax(np.abs(difference)))
    return {
        "rms_grey": float(np.sqrt(np.nanmean(difference**2))),
        "worst_grey": float(difference[worst]),
        "worst_at_mm": round((worst + 0.5) * SKIN_STEP_MM, 2),
    }


MEASURES: dict[str, Measure] = {
    "spectrum": measure_spectrum,
    "moments": measure_moments,
    "histogram": measure_histogram,
    "orientation": measure_orientation,
    "periodicity": measure_periodicity,
    "skin": measure_skin,
    "radiomics": measure_radiomics,
    "kernel": measure_kernel,
    "coverage": measure_coverages,
    "two_sample": tell_apart,
}
FLOORS: dict[str, Floor] = {
    "histogram": histogram_floor,
    "radiomics": radiomics_floor,
    "kernel": kernel_floor,
    "coverage": coverage_floor,
    "two_sample": tell_halves_apart,
}


def offset(real: Values, other: Values) -> Numbers:
    """Mean and spread of one value over images, and how far the means are apart.

    Args:
        real: (I,) value of each real image.
        other: (J,).

    Returns:
        `off_sd`: the difference of the means in deviations between real images; `outside`: share
        of the others beyond the lowest or highest real one.
    """
    deviation = float(real.std(ddof=1)) if len(real) > 1 else 0.0
    difference = float(other.mean() - real.mean())
    return {
        "mean": float(other.mean()),
        "sd": float(other.std(ddof=1)) if len(other) > 1 else 0.0,
        "real_mean": float(real.mean()),
        "real_sd": deviation,
        "off_sd": difference / deviation if deviation > 0 else float("nan"),
        "outside": float(((other < real.min()) | (other > real.max())).mean()),
    }


def _coverage(
    part: str, real: Described, other: Described
) -> Callable[[IntArray, IntArray], float]:
    def between(rows: IntArray, others: IntArray) -> float:
        found = measure_coverage(real.features[rows], other.features[others])
        return float(getattr(found, part))

    return between


def _radiomics(one: Values, other: Values) -> Callable[[IntArray, IntArray], float]:
    def between(rows: IntArray, others: IntArray) -> float:
        return measure_radiomics_distance(one[rows], other[others])

    return between


def _against(
    between: Callable[[IntArray, IntArray], float], real: Described, other: Described, seed: int
) -> Spread:
    return measure_against(
        between,
        real.groups,
        other.groups,
        patches=_side(real),
        splits=SPLITS,
        seed=seed,
        paired=other.tissue.name in PAIRED,
    )


def _halve(between: Callable[[IntArray, IntArray], float], real: Described, seed: int) -> Spread:
    return measure_floor(between, real.groups, patches=_side(real), splits=SPLITS, seed=seed)


def _side(real: Described) -> int:
    """Patches a side: those of half of the real images."""
    return max(len(real.groups) // 2, 1)


def _describe(spread: Spread) -> Numbers:
    return {
        "mean": spread.mean,
        "sd": spread.sd,
        "images": spread.images,
        "patches": spread.patches,
    }


def _mean_direction(orientations: Values) -> float:
    """Degrees of the mean direction, images weighing as much as they have one."""
    twice = np.exp(2j * np.radians(orientations[:, 0])) * orientations[:, 1]
    return float(np.degrees(np.angle(twice.mean())) / 2)
