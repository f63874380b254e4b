"""Settling a case so that its measured tier is the one asked for.

Contrast settles what holds an actionable finding: hardness falls by about 1 for each e-fold of it,
so a secant search on its logarithm needs few steps, and each re-places layers on backgrounds that
are drawn already. A case to be left alone has only its tissue to be hard by, so other women of the
same spec are asked in turn. Both are deterministic: the same spec settles the same way.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from generation import seeds
from generation.difficulty import Hardness
from generation.plausibility import MAX_SEED
from generation.spec import CaseSpec, SpecError
from generation.transformations import scale_contrast

# Fainter or denser than this a finding no longer looks like one.
CONTRAST_LIMITS = (0.25, 2.5)
STEPS = 8
WOMEN = 10
LEAST_SLOPE = 0.25

Measure = Callable[[CaseSpec], Hardness]


class TierOutOfReachError(SpecError):
    """A valid spec whose case cannot be made as hard or as easy as it asks for."""

    def __init__(self, reason: str) -> None:
        super().__init__({"tier": [reason]})
        self.reason = reason


def aim(spec: CaseSpec, measure: Measure) -> CaseSpec:
    """A spec of the wished tier, itself asking for none.

    Args:
        spec: the case, with the tier that it asks for.
        measure: makes as much of a case as tells how hard it is.

    Raises:
        ValueError: if the spec asks for no tier.
        TierOutOfReachError: if the tier is out of this case's reach.
    """
    if spec.tier is None:
        raise ValueError("the spec asks for no tier")
    if any(lesion.actionable for lesion in spec.lesions):
        return _settle_contrast(replace(spec, tier=None), spec.tier, measure)
    return _settle_woman(replace(spec, tier=None), spec.tier, measure)


def _settle_contrast(spec: CaseSpec, tier: int, measure: Measure) -> CaseSpec:
    factor, slope = 1.0, -1.0
    known: tuple[float, float] | None = None
    for _ in range(STEPS):
        candidate = _scale_all(spec, factor)
        found = measure(candidate)
        if found.tier == tier:
            return candidate
        if known is not None and factor != known[0]:
            measured = (found.value - known[1]) / math.log(factor / known[0])
            slope = min(-LEAST_SLOPE, measured)
        known = (factor, found.value)
        wanted = factor * math.exp((found.middle_of(tier) - found.value) / slope)
        low, high = _factor_limits(spec)
        factor = min(max(wanted, low), high)
        if factor == known[0]:
            break
    raise TierOutOfReachError(f"No contrast makes this case one of tier {tier}.")


def _scale_all(spec: CaseSpec, factor: float) -> CaseSpec:
    for lesion in spec.lesions:
        if lesion.actionable:
            spec = scale_contrast(spec, lesion.id, factor)
    return spec


def _factor_limits(spec: CaseSpec) -> tuple[float, float]:
    """How far the contrasts of all actionable findings may be scaled alike."""
    contrasts = [lesion.contrast for lesion in spec.lesions if lesion.actionable]
    low, high = CONTRAST_LIMITS
    return min(1.0, low / min(contrasts)), max(1.0, high / max(contrasts))


def _settle_woman(spec: CaseSpec, tier: int, measure: Measure) -> CaseSpec:
    for number in range(WOMEN):
        rng = seeds.generator(spec.seed, "aim", index=number)
        seed = int(rng.integers(0, MAX_SEED, endpoint=True)) if number else spec.seed
        candidate = replace(spec, seed=seed)
        if measure(candidate).tier == tier:
            return candidate
    raise TierOutOfReachError(f"None of {WOMEN} such women makes a case of tier {tier}.")
