"""New cases made to a reader's measure, so that practice neither runs dry nor drifts off level."""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final
from uuid import uuid4

import numpy as np

from cases.domain.requests import OPEN_STATES, request_case
from cases.models import CaseRequest
from generation.lesions import REGISTRY
from generation.population.findings import can_be
from generation.spec import CaseSpec
from trainer.measure.ability import Ability
from trainer.measure.competencies import competency_of
from trainer.measure.difficulty import (
    find_wanted_difficulty,
    find_wanted_dprime,
    load_cold_start,
)
from trainer.measure.selection import (
    PRACTICE_P,
    Candidate,
    Selection,
    weigh_competencies,
)
from trainer.measure.targets import TARGETS

# A reader with no more cases than this left gets new ones; so many are on order at most.
RESERVE: Final = 6
# Share of normals among what is ordered, above the 40 % that a reader is owed.
_NORMAL_SHARE: Final = 0.5
# Fainter or denser than this a lesion no longer looks like tissue.
_CONTRAST_RANGE: Final = (0.4, 2.0)
# Chapters whose kinds are lesions; what looks like one and is none is drawn among the normals.
_LESION_GROUPS: Final = ("mass", "calcification", "distortion", "asymmetry", "associated")


def order_case(
    *,
    ability: Ability,
    candidates: Sequence[Candidate],
    selection: Selection | None,
    institution: Any,
    rng: np.random.Generator,
) -> CaseRequest | None:
    """Order a case where none fits the reader or few are left; None where enough is coming.

    Args:
        ability: what is known of the reader.
        candidates: the cases this reader has not met.
        selection: what was selected from them.
        institution: whose case it will be.
        rng: draws the case.
    """
    if selection is not None and selection.near and len(candidates) > RESERVE:
        return None
    waiting = CaseRequest.objects.filter(
        institution=institution, state__in=OPEN_STATES, variant_of=None
    ).count()
    if waiting >= RESERVE:
        return None
    normals = sum(not candidate.positive for candidate in candidates)
    wants_normal = rng.random() < (_NORMAL_SHARE if normals else 1.0)
    spec = draw_normal(rng) if wants_normal else draw_lesion(ability, rng)
    return request_case(request_id=uuid4(), spec=spec, institution=institution)


def draw_normal(rng: np.random.Generator) -> CaseSpec:
    """Draw a case to be left alone: mostly without findings, sometimes with a look-alike.

    Some come with an exam before, by the rates of the generator.
    """
    if rng.random() < 0.75:
        return CaseSpec.draw(rng, findings="none")
    return CaseSpec.draw(rng, actionable=False)


def draw_lesion(ability: Ability, rng: np.random.Generator) -> CaseSpec:
    """Draw a case with a lesion about as visible as the reader is ready for.

    d' grows in proportion to contrast, so the contrast is the wanted d' over that of the
    typical lesion of its kind; size, place and tissue then vary the result about it.
    """
    kinds = list_lesion_kinds()
    competencies = list(kinds)
    chances = weigh_competencies(ability, competencies, targets=TARGETS)
    competency = competencies[int(rng.choice(len(competencies), p=chances))]
    # The chapter first: many kinds in one must not crowd out the few of another.
    chapters = kinds[competency]
    chapter = chapters[int(rng.integers(len(chapters)))]
    kind = chapter[int(rng.integers(len(chapter)))]
    wishes: dict[str, Any] = {"findings": kind, "actionable": True}
    if competency in load_cold_start()["ln_dprime"]:
        wishes["contrast"] = _find_contrast(ability, competency)
    return CaseSpec.draw(rng, **wishes)


@cache
def list_lesion_kinds() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The kinds that can be actionable lesions: by competency, then by chapter."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind in REGISTRY.values():
        if kind.group not in _LESION_GROUPS or kind.reads_as is None:
            continue
        if can_be(kind.key, True):
            chapters = found.setdefault(competency_of(kind.reads_as), {})
            chapters.setdefault(kind.group, []).append(kind.key)
    return {
        competency: tuple(tuple(keys) for keys in chapters.values())
        for competency, chapters in found.items()
    }


def _find_contrast(ability: Ability, competency: str) -> float:
    wanted = find_wanted_difficulty(ability, competency=competency, sign=1, p=PRACTICE_P)
    ratio = find_wanted_dprime(wanted, competency) / find_wanted_dprime(0.0, competency)
    return round(float(np.clip(ratio, *_CONTRAST_RANGE)), 2)
