"""What a tier asks of a reader: the ability that is right on 80 % of its cases.

A tier is a range of hardness (`generation.difficulty`), a competency's items start from d' or from
how lesion-like the tissue is: so the middle of a tier is a difficulty, and an ability belongs to it
as tau belongs to the reference form.
"""

from collections.abc import Sequence
from functools import cache
from math import exp
from typing import Final

import numpy as np

from generation.difficulty import PATTERN_GROUPS, TIERS, Hardness, load_fit
from trainer.measure.ability import Ability, Difficulty, MasteryRule, is_mastered
from trainer.measure.difficulty import (
    GAMMA,
    RESIDUAL_SD,
    load_cold_start,
    start_density_difficulty,
    start_lesion_difficulty,
    start_normal_difficulty,
)
from trainer.measure.targets import SENSITIVITY, SPECIFICITY, find_target

LESION_COMPETENCIES: Final = ("mass", "calcification", "distortion", "asymmetry")


def list_tier_difficulties(competency: str, tier: int) -> tuple[Difficulty, ...]:
    """List the difficulties that stand for the items of a competency in cases of a tier.

    Args:
        competency: which.
        tier: 1 to 5, the middle of which is meant.

    Returns:
        One; for characterisation one of each kind of lesion. That of density is the same in every
        tier: how near a class boundary a breast lies makes no case harder to find a lesion in.

    Raises:
        ValueError: if the tier is none, or the competency unknown.
    """
    if tier not in TIERS:
        raise ValueError("a tier is 1 to 5")
    if competency == "density":
        return (start_density_difficulty(None),)
    if competency == "characterisation":
        return tuple(_start_lesion(each, tier) for each in LESION_COMPETENCIES)
    if competency == "normal_rejection":
        likeness = exp(Hardness(0.0, tuple(load_fit()["normal_cuts"])).middle_of(tier))
        return (start_normal_difficulty("B", likeness=likeness),)
    if competency not in LESION_COMPETENCIES:
        raise ValueError(f"no competency is called {competency!r}")
    return (_start_lesion(competency, tier),)


@cache
def find_tier_ability(competency: str, tier: int) -> float:
    """Find the ability that is right on 80 % of a tier's items (85 % of those on normal tissue).

    Raises:
        ValueError: as `list_tier_difficulties`.
    """
    share = SPECIFICITY if competency == "normal_rejection" else SENSITIVITY
    return find_target(share, list_tier_difficulties(competency, tier))


def count_passed(
    ability: Ability, competency: str, tiers: Sequence[int], *, n: int, rule: MasteryRule
) -> int:
    """Count the tiers that a reader has passed, one after another.

    Args:
        ability: what is known of the reader.
        competency: which.
        tiers: in the order in which they are gone through.
        n: number of items of the competency that the reader has answered.
        rule: how surely the ability must exceed that of the tier, from how many items on, and what
            is asked of the criterion; the criterion as for mastery, or marking everything would
            open every tier of lesions.
    """
    if not tiers:
        return 0
    position = ability.position(competency)
    passed = is_mastered(
        ability.mean,
        ability.covariance,
        [position] * len(tiers),
        [find_tier_ability(competency, tier) for tier in tiers],
        [n] * len(tiers),
        rule=rule,
    )
    return int(np.cumprod(passed).sum())


def _start_lesion(competency: str, tier: int) -> Difficulty:
    """In both views, of a breast of density A or B: nothing is added to -ln d' but by pattern."""
    if competency not in load_cold_start()["ln_dprime"]:
        return Difficulty(0.0, GAMMA**2 + RESIDUAL_SD**2)
    hardness = Hardness(0.0, tuple(load_fit()["finding_cuts"])).middle_of(tier)
    return start_lesion_difficulty(
        [exp(PATTERN_GROUPS.get(competency, 0.0) - hardness)], competency
    )
