"""New cases made to a reader's measure, so that practice neither runs dry nor drifts off level."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

import numpy as np

from cases.domain.requests import request_case
from cases.models import CaseRequest
from cases.models.request import OPEN_STATES
from generation.lesions import REGISTRY
from generation.spec import CaseSpec, SpecError
from trainer.learning.kinds import can_reach, list_lesion_kinds
from trainer.learning.plans import Plan
from trainer.learning.queries.forms import for_form_q
from trainer.measure.ability import Ability
from trainer.measure.competencies import competency_of
from trainer.measure.difficulty import (
    find_wanted_difficulty,
    find_wanted_dprime,
    load_cold_start,
)
from trainer.measure.selection import Selection, draw_competency

ADAPTIVE_PLAN: Final = Plan()
# A reader with no more cases than this left gets new ones; so many are on order at most.
RESERVE: Final = 6
# Share of normals among what is ordered, above the 40 % that a reader is owed.
_NORMAL_SHARE: Final = 0.5
# Fainter or denser than this a lesion no longer looks like tissue.
_CONTRAST_RANGE: Final = (0.4, 2.0)


@dataclass(frozen=True)
class Left:
    """How many cases a reader may still be given, counted up to one more than the reserve."""

    lesions: int
    normals: int

    def of(self, positive: bool) -> int:
        return self.lesions if positive else self.normals


def order_case(
    *,
    ability: Ability,
    left: Left,
    selection: Selection | None,
    lacking: Sequence[str],
    plan: Plan,
    institution: Any,
    rng: np.random.Generator,
) -> CaseRequest | None:
    """Order a case where none fits the reader or few are left; None where enough is coming.

    Args:
        ability: what is known of the reader.
        left: how many cases this reader has not met.
        selection: what was selected from them.
        lacking: kinds that are due to come back to the reader and of which there is no case.
        plan: what the reader has chosen to practise.
        institution: whose case it will be.
        rng: draws the case.
    """
    enough = min(left.lesions, left.normals) > 0 and left.lesions + left.normals > RESERVE
    if selection is not None and selection.near and enough and not lacking:
        return None
    waiting = CaseRequest.objects.filter(
        ~for_form_q(), institution=institution, state__in=OPEN_STATES, variant_of=None
    ).count()
    if waiting >= RESERVE:
        return None
    only_lesions = left.lesions > 0 and not left.normals
    wants_normal = only_lesions or rng.random() < _NORMAL_SHARE
    try:
        if lacking and (enough or not wants_normal):
            spec = draw_kind(lacking[0], ability, rng, plan=plan)
        elif wants_normal:
            spec = draw_normal(rng, plan=plan, aimed=not left.normals)
        else:
            spec = draw_lesion(ability, rng, plan=plan)
    except SpecError:
        # Not every kind reaches every tier; the next choice draws another.
        return None
    return request_case(request_id=uuid4(), spec=spec, institution=institution)


def draw_normal(
    rng: np.random.Generator, *, plan: Plan = ADAPTIVE_PLAN, aimed: bool = False
) -> CaseSpec:
    """Draw a case to be left alone: mostly without findings, sometimes with a look-alike.

    Some come with an exam before, by the rates of the generator.

    Args:
        rng: draws.
        plan: what is practised.
        aimed: of the tier that is practised in a curriculum, for which several women are tried;
            otherwise as they come. Practice of a tier is always of that.
    """
    wanted = plan.tier
    if aimed and plan.course is not None:
        wanted = plan.course.open_tiers["normal_rejection"][-1]
    tier = {} if wanted is None else {"tier": wanted}
    if rng.random() < 0.75:
        return CaseSpec.draw(rng, findings="none", **tier)
    return CaseSpec.draw(rng, actionable=False, **tier)


def draw_lesion(
    ability: Ability, rng: np.random.Generator, *, plan: Plan = ADAPTIVE_PLAN
) -> CaseSpec:
    """Draw a case with a lesion about as visible as the reader is ready for.

    d' grows in proportion to contrast, so the contrast is the wanted d' over that of the
    typical lesion of its kind; size, place and tissue then vary the result about it.
    """
    kinds = list_lesion_kinds()
    aims = plan.list_aims(ability, positive=True)
    competencies = [name for name in kinds if name in aims] or list(kinds)
    competency = draw_competency(
        ability, competencies, targets=plan.targets, rng=rng, weights=plan.weights
    )
    # The chapter first: many kinds in one must not crowd out the few of another.
    chapters = kinds[competency]
    chapter = chapters[int(rng.integers(len(chapters)))]
    kind = chapter[int(rng.integers(len(chapter)))]
    return draw_kind(kind, ability, rng, plan=plan)


def draw_kind(
    kind: str, ability: Ability, rng: np.random.Generator, *, plan: Plan = ADAPTIVE_PLAN
) -> CaseSpec:
    """Draw a case with an actionable finding of a kind, about as visible as is wanted.

    In a curriculum it is of the tier that the reader practises for, where the kind reaches that.

    Raises:
        SpecError: if the kind cannot be of the tier that is practised.
    """
    competency = competency_of(str(REGISTRY[kind].reads_as))
    wishes: dict[str, Any] = {"findings": kind, "actionable": True}
    tier = plan.tier
    if plan.course is not None and can_reach(kind, plan.course.open_tiers[competency][-1]):
        tier = plan.course.open_tiers[competency][-1]
    if tier is not None:
        wishes["tier"] = tier
    elif competency in load_cold_start()["ln_dprime"]:
        wishes["contrast"] = _find_contrast(ability, competency, p=plan.p)
    return CaseSpec.draw(rng, **wishes)


def draw_fitting(competency: str, difficulty: float, rng: np.random.Generator) -> CaseSpec:
    """Draw a lesion of a competency about as hard to find as wanted.

    Raises:
        SpecError: if no such lesion can be drawn.
    """
    chapters = list_lesion_kinds()[competency]
    chapter = chapters[int(rng.integers(len(chapters)))]
    wishes: dict[str, Any] = {
        "findings": chapter[int(rng.integers(len(chapter)))],
        "actionable": True,
    }
    if competency in load_cold_start()["ln_dprime"]:
        wishes["contrast"] = _reach_difficulty(difficulty, competency)
    return CaseSpec.draw(rng, **wishes)


def _find_contrast(ability: Ability, competency: str, *, p: float) -> float:
    wanted = find_wanted_difficulty(ability, competency=competency, sign=1, p=p)
    return _reach_difficulty(wanted, competency)


def _reach_difficulty(wanted: float, competency: str) -> float:
    ratio = find_wanted_dprime(wanted, competency) / find_wanted_dprime(0.0, competency)
    return round(float(np.clip(ratio, *_CONTRAST_RANGE)), 2)
