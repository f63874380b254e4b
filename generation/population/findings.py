"""Draws the findings of a case: the main one as wished, others beside it by rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from generation.lesions import REGISTRY
from generation.lesions.drawing import choose, draw_normal
from generation.lesions.finding import Finding
from generation.plausibility import find_errors, needs_prior
from generation.population import rates
from generation.population.sites import Point, draw_site
from generation.population.wishes import complete_words
from generation.spec import CaseSpec, LesionSpec
from generation.vocabulary import ACTIONABLE_ASSESSMENTS, SIDES

WORD_ATTEMPTS = 40
SECONDARY_ATTEMPTS = 6
# Two findings of a breast keep their edges this far apart.
APART_MM = 8.0


@cache
def can_be(kind: str, actionable: bool) -> bool:
    """Whether a kind is ever drawn so; asked of its own draws, from a stream of its own."""
    rng = np.random.default_rng(0)
    drawn = (draw_words(rng, REGISTRY[kind], actionable, {}) for _ in range(3))
    return any(words is not None for words in drawn)


def draw_words(
    rng: np.random.Generator, finding: Finding, actionable: bool, wished: Mapping[str, str]
) -> dict[str, str] | None:
    """Words of a finding as wished: as its kind draws them, or else any that fit."""

    def fits(words: Mapping[str, str]) -> bool:
        agrees = (finding.assess(words) in ACTIONABLE_ASSESSMENTS) == actionable
        return agrees and finding.contradiction(words) is None

    for _ in range(WORD_ATTEMPTS):
        drawn = finding.draw_words(rng, actionable)
        if drawn is not None and fits({**drawn, **wished}):
            return {**drawn, **wished}
    if not wished:
        return None
    possible = [words for words in complete_words(finding, wished) if fits(words)]
    return possible[int(rng.integers(len(possible)))] if possible else None


def draw_lesion(
    rng: np.random.Generator,
    woman: CaseSpec,
    finding: Finding,
    actionable: bool,
    wishes: Mapping[str, Any],
    *,
    name: str = "f1",
) -> LesionSpec | None:
    words = draw_words(rng, finding, actionable, wishes.get("descriptors", {}))
    if words is None:
        return None
    size = float(wishes.get("size_mm", finding.draw_size(rng, words)))
    site: Point | None = draw_site(rng, finding.region_of(words), woman, size)
    if site is None:
        return None
    contrast = draw_normal(rng, 1.0, 0.18, 0.6, 1.5)
    counts = finding.count(words)
    category = finding.assess(words)
    return LesionSpec(
        id=name,
        kind=finding.key,
        side=str(wishes.get("side", rng.choice(SIDES))),
        depth_mm=site[0],
        lateral_mm=site[1],
        superior_mm=site[2],
        size_mm=size,
        contrast=float(wishes.get("contrast", contrast)),
        descriptors=words,
        count=None if counts is None else int(rng.integers(counts[0], counts[1] + 1)),
        assessment=category,
        pathology=_draw_pathology(rng, category, finding.malignancy(words)),
    )


def _draw_pathology(rng: np.random.Generator, category: str, malignancy: float) -> str:
    if category == "1":
        return "none"
    cancer = rng.random() < malignancy
    return "malignant" if cancer and category in ACTIONABLE_ASSESSMENTS else "benign"


def draw_secondaries(
    rng: np.random.Generator, woman: CaseSpec, main: Sequence[LesionSpec]
) -> list[LesionSpec]:
    """What comes beside the main finding, each by its own rate and named f2, f3, ..."""
    wanted: list[tuple[str, dict[str, Any]]] = []
    for lesion in main:
        if rng.random() < rates.INCIDENTAL_RATE:
            wanted.append((choose(rng, rates.INCIDENTAL_SHARE), {}))
        grown = lesion.pathology == "malignant" and lesion.size_mm >= rates.COMPANION_FROM_MM
        if grown and rng.random() < rates.COMPANION_RATE:
            wanted.append(("associated", {"side": lesion.side}))
    for group, rate in (("artefact", rates.ARTEFACT_RATE), ("technique", rates.TECHNIQUE_RATE)):
        if rng.random() < rate:
            wanted.append((group, {}))
    found: list[LesionSpec] = []
    for group, wishes in wanted:
        name = f"f{1 + len(main) + len(found)}"
        drawn = _draw_secondary(rng, woman, group, wishes, [*main, *found], name)
        found += [drawn] if drawn is not None else []
    return found


def _draw_secondary(
    rng: np.random.Generator,
    woman: CaseSpec,
    group: str,
    wishes: Mapping[str, Any],
    others: Sequence[LesionSpec],
    name: str,
) -> LesionSpec | None:
    """One finding of this chapter, clear of the others; None where none fits."""
    # What accompanies a cancer calls for what the cancer does, where it ever does.
    kinds = {
        finding.key: rates.KIND_WEIGHT.get(finding.key, 1.0)
        for finding in REGISTRY.values()
        if finding.group == group and (group == "associated" or can_be(finding.key, False))
    }
    for _ in range(SECONDARY_ATTEMPTS if kinds else 0):
        finding = REGISTRY[choose(rng, kinds)]
        actionable = group == "associated" and can_be(finding.key, True)
        lesion = draw_lesion(rng, woman, finding, actionable, wishes, name=name)
        if lesion is None or needs_prior(lesion.descriptors):
            continue
        anywhere = finding.region_of(lesion.descriptors) == "breast" or group == "associated"
        clear = anywhere or all(_keep_apart(lesion, other) for other in others)
        if clear and not find_errors(replace(woman, lesions=(lesion,))):
            return lesion
    return None


def _keep_apart(one: LesionSpec, other: LesionSpec) -> bool:
    if one.side != other.side:
        return True
    away = np.linalg.norm(np.subtract(one.position_mm, other.position_mm))
    return bool(away > (one.size_mm + other.size_mm) / 2 + APART_MM)
