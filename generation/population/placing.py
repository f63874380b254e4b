"""Findings that a person places: which kinds, a plausible one to begin with, what follows."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from generation.lesions import REGISTRY
from generation.lesions.finding import Finding
from generation.plausibility import find_errors, needs_prior
from generation.population.findings import draw_lesion
from generation.spec import CaseSpec, LesionSpec, SpecError
from generation.vocabulary import ACTIONABLE_ASSESSMENTS

# What lies on the image or spoils it is no lesion.
GROUPS = (
    "mass",
    "calcification",
    "distortion",
    "asymmetry",
    "associated",
    "look_alike",
    "post_surgical",
)
ATTEMPTS = 30
PREFIX = "lesions.0."
PLACE = ("depth_mm", "lateral_mm", "superior_mm")
OUTSIDE = ["There is no room for it: the finding does not lie inside the breast."]


@cache
def list_placeable() -> tuple[Finding, ...]:
    """Kinds that have a place in a breast, in the order of the registry's chapters."""
    known = [each for each in REGISTRY.values() if each.region != "breast"]
    return tuple(
        sorted(
            (each for each in known if each.group in GROUPS),
            key=lambda each: GROUPS.index(each.group),
        )
    )


def list_words(finding: Finding) -> dict[str, tuple[str, ...]]:
    """Values of each descriptor that make sense without an exam before."""
    return {
        part.key: tuple(
            value.key for value in part.values if not needs_prior({part.key: value.key})
        )
        for part in finding.descriptors
    }


def draw_placed(rng: np.random.Generator, woman: CaseSpec, kind: str, side: str) -> LesionSpec:
    """A plausible finding of a kind in a woman without findings, one that calls for action first.

    Raises:
        SpecError: if the kind cannot be placed, or not in her.
    """
    finding = {each.key: each for each in list_placeable()}.get(kind)
    if finding is None:
        raise SpecError({"kind": ["This kind cannot be placed."]})
    for attempt in range(ATTEMPTS):
        drawn = draw_lesion(rng, woman, finding, attempt % 2 == 0, {"side": side})
        if drawn is None or needs_prior(drawn.descriptors):
            continue
        lesion = settle(replace(drawn, size_mm=round(drawn.size_mm, 1), contrast=1.0))
        if not find_errors(replace(woman, lesions=(lesion,))):
            return lesion
    raise SpecError({"kind": ["This breast has no room for such a finding."]})


def settle(lesion: LesionSpec) -> LesionSpec:
    """The finding with what follows from its words: category, likeliest pathology, a count.

    Raises:
        SpecError: if a word is missing, unknown or contradicts another, by the finding's fields.
    """
    finding = REGISTRY[lesion.kind]
    errors = {
        f"descriptors.{name}": ["Choose one of the list."]
        for name, values in list_words(finding).items()
        if lesion.descriptors.get(name) not in values
    }
    if errors:
        raise SpecError(errors)
    if said := finding.contradiction(lesion.descriptors):
        raise SpecError({"descriptors": [said]})
    category = finding.assess(lesion.descriptors)
    likely = finding.malignancy(lesion.descriptors) >= 0.5 and category in ACTIONABLE_ASSESSMENTS
    pathology = "none" if category == "1" else "malignant" if likely else "benign"
    return replace(
        lesion, assessment=category, pathology=pathology, count=_settle_count(finding, lesion)
    )


def _settle_count(finding: Finding, lesion: LesionSpec) -> int | None:
    usual = finding.count(lesion.descriptors)
    if usual is None:
        return None
    return lesion.count if lesion.count is not None else round(sum(usual) / 2)


def place_lesion(woman: CaseSpec, lesion: LesionSpec) -> CaseSpec:
    """The woman with this finding alone, and without the exam before.

    Raises:
        SpecError: if it cannot be so, by the finding's fields.
    """
    spec = replace(woman, prior=None, tier=None, lesions=(settle(lesion),))
    errors = find_errors(spec)
    if errors:
        fields = {name.removeprefix(PREFIX): said for name, said in errors.items()}
        # Who has pointed beside the breast has no use for numbers.
        raise SpecError({name: OUTSIDE if name in PLACE else fields[name] for name in fields})
    return spec
