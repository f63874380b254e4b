"""The same measures by density class and with or without lesions, where enough real images are.

The classifier is not trained anew: its scores of the whole set are ranked within the subgroup.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import mannwhitneyu

from generation.evaluation.described import Described
from generation.evaluation.measures import (
    histogram_floor,
    measure_histogram,
    measure_kernel,
    measure_radiomics,
    offset,
    radiomics_floor,
)
from generation.evaluation.tissue import TissueImage

Numbers = dict[str, Any]
Values = NDArray[np.float64]
Scores = tuple[NDArray[np.float32], NDArray[np.float32]]

CLASSES = "ABCD"
LEAST_REAL = 10
LEAST_OTHERS = 4
READ_BY_PRODUCT = "class read from the picture by the product itself, of real and drawn alike"


@dataclass(frozen=True)
class Subgroup:
    """A part of the images; `marked` says where its classes come from if nobody gave them."""

    by: str
    value: str
    marked: str | None
    holds: Callable[[TissueImage], bool]


def list_subgroups() -> Iterator[Subgroup]:
    """Density as it is known, as the product reads it, and with or without lesions."""
    for density in CLASSES:
        yield Subgroup("density", density, None, partial(_is_of, density))
    for density in CLASSES:
        yield Subgroup("density", density, READ_BY_PRODUCT, partial(_reads_as, density))
    yield Subgroup("lesions", "with", None, lambda image: image.with_lesions)
    yield Subgroup("lesions", "without", None, lambda image: not image.with_lesions)


def _is_of(density: str, image: TissueImage) -> bool:
    return image.density == density


def _reads_as(density: str, image: TissueImage) -> bool:
    return image.density_read == density


def compare_subgroups(
    real: Described,
    other: Described,
    scores: Scores | None,
    *,
    measured: Collection[str],
    seed: int,
) -> list[Numbers]:
    """One entry for each subgroup, with numbers where enough images belong to it.

    Args:
        real: the whole real set.
        other: the whole other set.
        scores: of the classifier, by patch of either set; None where it was not trained.
        measured: measures that the whole sets have; a subgroup has no other.
        seed: of the evaluation.
    """
    return [
        _compare(subgroup, real, other, scores, measured, seed) for subgroup in list_subgroups()
    ]


def rank(scores: Scores) -> float:
    """AUC: how often a score of the second set is above one of the first; ties count half."""
    real, other = scores
    return float(mannwhitneyu(other, real).statistic / (len(real) * len(other)))


def _compare(
    subgroup: Subgroup,
    real: Described,
    other: Described,
    scores: Scores | None,
    measured: Collection[str],
    seed: int,
) -> Numbers:
    own = [subgroup.holds(image) for image in real.images]
    theirs = [subgroup.holds(image) for image in other.images]
    enough = sum(own) >= LEAST_REAL and sum(theirs) >= LEAST_OTHERS
    entry: Numbers = {
        "by": subgroup.by,
        "value": subgroup.value,
        "marked": subgroup.marked,
        "set": other.tissue.name,
        "real_images": sum(own),
        "images": sum(theirs),
        "enough": enough,
        "measures": {},
    }
    if not enough:
        return entry
    kept = None
    if scores is not None:
        kept = tuple(
            part[np.repeat(wanted, [len(image.patches) for image in described.images])]
            for part, wanted, described in zip(scores, (own, theirs), (real, other), strict=True)
        )
    part_real, part_other = real.take(own), other.take(theirs)
    for name, (of, measure) in _list_measures(part_real, part_other, kept, seed).items():
        try:
            entry["measures"][name] = measure() if of in measured else None
        except ValueError:
            # Too few women for this one, although there are images enough.
            entry["measures"][name] = None
    return entry


def _list_measures(
    real: Described, other: Described, scores: tuple[NDArray[np.float32], ...] | None, seed: int
) -> dict[str, tuple[str, Callable[[], float | None]]]:
    """By key of the summary: the measure it belongs to, and what gives it."""

    def off(values: Values, others: Values) -> float:
        return abs(float(offset(values, others)["off_sd"]))

    return {
        "c2st_auc": ("two_sample", lambda: rank((scores[0], scores[1])) if scores else None),
        "frd_ratio": (
            "radiomics",
            lambda: (
                measure_radiomics(real, other, seed)["mean"] / radiomics_floor(real, seed)["mean"]
            ),
        ),
        "kernel_distance": ("kernel", lambda: measure_kernel(real, other, seed)["value"]),
        "exponent_off_sd": ("spectrum", lambda: off(real.exponents, other.exponents)),
        "bands_off_sd": (
            "spectrum",
            lambda: max(map(off, real.bands.T, other.bands.T)),
        ),
        "histogram_ratio": (
            "histogram",
            lambda: (
                measure_histogram(real, other, seed)["mean"] / histogram_floor(real, seed)["p95"]
            ),
        ),
    }
