"""Draws a plausible case: a woman, her findings by rate, and whatever was wished of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy import special

from generation import seeds
from generation.difficulty import expect_hardness
from generation.lesions import REGISTRY
from generation.lesions.drawing import choose, draw_normal
from generation.lesions.finding import Finding
from generation.plausibility import MAX_SEED, RANGES, find_errors, needs_prior
from generation.population import rates
from generation.population.findings import can_be, draw_lesion, draw_secondaries
from generation.population.history import draw_prior
from generation.population.wishes import FINDING_WISHES, check_wishes, complete_words
from generation.spec import CaseSpec, LesionSpec, SpecError
from generation.vocabulary import ACTIONABLE_ASSESSMENTS

# Women asked in turn until one has room for what is wished.
ATTEMPTS = 300
# What wishes are named when no woman meets them all.
BLAMED = ("tier", "size_mm", "density", "descriptors", "actionable")
# A contrast that is expected to meet a tier leaves this much room for the settling.
TIER_CONTRAST = (0.4, 2.0)
AIMS = 6


def draw_case(rng: np.random.Generator, wishes: Mapping[str, Any]) -> CaseSpec:
    """Draw a valid case meeting the wishes.

    A wished kind is the case's only finding. Without one, the main finding is drawn by
    prevalence, and benign incidentals, companions of a cancer, artefacts and faults of technique
    come beside it at their rates.

    Raises:
        SpecError: for an unknown or contradictory wish, naming it.
    """
    check_wishes(wishes)
    plan = _draw_plan(rng, wishes)
    for _ in range(ATTEMPTS):
        spec = _attempt(rng, wishes, plan)
        if spec is not None:
            return spec
        if "findings" not in wishes:
            role = "actionable" if plan[1] else "look_alike"
            plan = (_draw_kind(rng, role, wishes), plan[1])
    blamed = [name for name in BLAMED if name in wishes] or ["findings"]
    said = "No woman drawn meets these wishes together."
    raise SpecError({name: [said] for name in blamed})


def _attempt(
    rng: np.random.Generator, wishes: Mapping[str, Any], plan: tuple[str | None, bool]
) -> CaseSpec | None:
    """One woman with the planned finding; None where it has no room in her."""
    woman = _draw_woman(rng, wishes)
    kind, actionable = plan
    lesions: list[LesionSpec] = []
    if kind is not None:
        lesion = draw_lesion(rng, woman, REGISTRY[kind], actionable, wishes)
        if lesion is None:
            return None
        lesions.append(lesion)
    if "findings" not in wishes:
        lesions += draw_secondaries(rng, woman, lesions)
    prior = draw_prior(rng, lesions) if _takes_prior(rng, lesions, wishes, plan) else None
    spec = replace(woman, lesions=tuple(lesions), prior=prior)
    if find_errors(spec):
        return None
    return _expect_tier(rng, spec, int(wishes["tier"])) if "tier" in wishes else spec


def _takes_prior(
    rng: np.random.Generator,
    lesions: Sequence[LesionSpec],
    wishes: Mapping[str, Any],
    plan: tuple[str | None, bool],
) -> bool:
    if "prior" in wishes:
        return bool(wishes["prior"])
    if any(needs_prior(lesion.descriptors) for lesion in lesions):
        return True
    kind, actionable = plan
    role = "none" if kind is None else "actionable" if actionable else "look_alike"
    return bool(rng.random() < rates.PRIOR_RATE[role])


def _expect_tier(rng: np.random.Generator, spec: CaseSpec, tier: int) -> CaseSpec | None:
    """The spec asking for a tier, its contrasts as expected to meet it; None out of its reach.

    A case to be left alone is taken as often as its like is of the tier.
    """
    expected, deviation = expect_hardness(spec)
    if not any(lesion.actionable for lesion in spec.lesions):
        edges = (-math.inf, *expected.cuts, math.inf)
        low, high = ((edges[tier - 1 + n] - expected.value) / deviation for n in (0, 1))
        chance = float(special.ndtr(high) - special.ndtr(low))
        return replace(spec, tier=tier) if rng.random() < chance else None
    for _ in range(AIMS):
        if expected.tier == tier:
            break
        spec = _scale_contrast(spec, math.exp(expected.value - expected.middle_of(tier)))
        expected, _ = expect_hardness(spec)
    low, high = TIER_CONTRAST
    near = all(low <= lesion.contrast <= high for lesion in spec.lesions if lesion.actionable)
    return replace(spec, tier=tier) if near and expected.tier == tier else None


def _scale_contrast(spec: CaseSpec, factor: float) -> CaseSpec:
    lesions = tuple(
        replace(lesion, contrast=round(lesion.contrast * factor, 2))
        if lesion.actionable
        else lesion
        for lesion in spec.lesions
    )
    return replace(spec, lesions=lesions)


def _draw_plan(rng: np.random.Generator, wishes: Mapping[str, Any]) -> tuple[str | None, bool]:
    """(kind of the main finding or None, whether it is actionable) as wished or by rate."""
    shares = rates.PREVALENCE[wishes.get("prevalence", "teaching")]
    named = wishes.get("findings")
    if named == "none":
        return None, False
    if named is not None or any(name in wishes for name in FINDING_WISHES):
        shares = {name: share for name, share in shares.items() if name != "none"}
    if "tier" in wishes and "seed" in wishes:
        # Only contrast is left to be settled.
        shares = {"actionable": 1.0}
    role = choose(rng, shares)
    if role == "none":
        return None, False
    if "actionable" in wishes:
        role = "actionable" if wishes["actionable"] else "look_alike"
    if named is None:
        return _draw_kind(rng, role, wishes), role == "actionable"
    finding = REGISTRY[named]
    calls = {
        finding.assess(words) in ACTIONABLE_ASSESSMENTS
        for words in complete_words(finding, wishes.get("descriptors", {}))
        if wishes.get("prior") is not False or not needs_prior(words)
    }
    return str(named), (role == "actionable" if len(calls) > 1 else calls.pop())


def _draw_kind(rng: np.random.Generator, role: str, wishes: Mapping[str, Any]) -> str:
    """A kind that can be actionable, or not, and that wishes do not rule out, by rate."""
    weights: dict[str, float] = {}
    for group, share in rates.GROUP_SHARE[role].items():
        kinds = [
            finding.key
            for finding in REGISTRY.values()
            if finding.group == group
            and can_be(finding.key, role == "actionable")
            and _takes(finding, wishes)
        ]
        total = sum(rates.KIND_WEIGHT.get(kind, 1.0) for kind in kinds)
        for kind in kinds:
            weights[kind] = share * rates.KIND_WEIGHT.get(kind, 1.0) / total
    if not weights:
        raise SpecError({"size_mm": ["No kind of finding is of this size."]})
    return choose(rng, weights)


def _takes(finding: Finding, wishes: Mapping[str, Any]) -> bool:
    low, high = finding.size_mm
    if not low <= wishes.get("size_mm", low) <= high:
        return False
    return wishes.get("prior") is not False or not all(
        needs_prior(words) for words in complete_words(finding, {})
    )


def _draw_woman(rng: np.random.Generator, wishes: Mapping[str, Any]) -> CaseSpec:
    density = str(wishes.get("density", choose(rng, rates.DENSITY_SHARE)))
    age = round(float(np.clip(rng.normal(*rates.AGE_BY_DENSITY[density]), 40, 79)))
    # Larger breasts are longer in both directions and compress to more thickness.
    size = rng.normal(0.0, 1.0)
    width = rates.WIDTH_MM[density] + 14.0 * size + rng.normal(0.0, 8.0)
    depth = rates.DEPTH_MM[density] + 12.0 * size + rng.normal(0.0, 7.0)
    thickness = rates.THICKNESS_MM[density] + rates.THICKNESS_SD_MM * (
        0.6 * size + 0.8 * rng.normal(0.0, 1.0)
    )
    seed = int(rng.integers(0, MAX_SEED, endpoint=True))
    low, high = RANGES["thickness_mm"]
    seed = int(wishes.get("seed", seed))
    look = choose(seeds.generator(seed, "look"), rates.LOOK_SHARE)
    return CaseSpec(
        seed=seed,
        density=density,
        age_years=int(wishes.get("age_years", age)),
        indication=choose(rng, rates.INDICATION_SHARE),
        thickness_mm=round(float(np.clip(thickness, low, high)), 1),
        width_mm=round(float(np.clip(width, 140.0, 210.0)), 1),
        depth_mm=round(float(np.clip(depth, 60.0, 120.0)), 1),
        mlo_angle_deg=draw_normal(rng, 45.0, 3.0, 38.0, 52.0),
        dose=float(wishes.get("dose", 1.0)),
        look=str(wishes.get("look", look)),
    )
