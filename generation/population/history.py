"""The exam before a drawn case: how long ago, and how much of each finding it showed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generation.lesions import REGISTRY
from generation.plausibility import needs_prior
from generation.population.rates import BENIGN_NEW, DOUBLING_DAYS, YEARS_BEFORE
from generation.spec import LesionSpec, PriorSpec

DAYS_PER_YEAR = 365.25
# A developing finding was less than this of its size, or not there at all.
DEVELOPING_SHARE = 0.6
# Skin, scars and faults do not grow unless cancer makes them: they were there, or had not happened.
UNGROWING_GROUPS = ("post_surgical", "technique", "artefact", "look_alike", "associated")


def draw_prior(rng: np.random.Generator, lesions: Sequence[LesionSpec]) -> PriorSpec:
    """Draw the exam before: cancers grew since by published doubling times, the rest was there."""
    years = round(float(rng.uniform(*YEARS_BEFORE)), 1)
    shares = {lesion.id: _draw_share(rng, lesion, years) for lesion in lesions}
    return PriorSpec(years_before=years, shares=shares)


def _draw_share(rng: np.random.Generator, lesion: LesionSpec, years: float) -> float:
    """Size then as a share of the size now; 0 where it was smaller than its kind can be."""
    median, log_sd = DOUBLING_DAYS
    doubling = median * np.exp(rng.normal(0.0, log_sd))
    new = rng.random() < BENIGN_NEW
    finding = REGISTRY[lesion.kind]
    if needs_prior(lesion.descriptors):
        share = float(rng.choice([0.0, rng.uniform(0.3, DEVELOPING_SHARE)]))
    elif lesion.pathology == "malignant":
        share = float(2.0 ** (-years * DAYS_PER_YEAR / doubling / 3.0))
    elif finding.group in UNGROWING_GROUPS:
        # A fault belongs to one exam alone.
        fault = finding.group in ("technique", "artefact")
        return 0.0 if fault or new else 1.0
    else:
        share = 0.0 if new else float(rng.uniform(0.85, 1.0))
    share = round(share, 2)
    return share if share * lesion.size_mm >= finding.size_mm[0] else 0.0
