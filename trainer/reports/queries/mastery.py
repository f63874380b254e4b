"""Where a reader stands in a curriculum: what is mastered, what is missing, which tier is open."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from scipy.special import ndtr

from trainer.learning.queries.abilities import AbilityState
from trainer.learning.queries.curricula import DEFAULT, Followed, Stand, find_stand
from trainer.learning.queries.reach import has_ready
from trainer.measure.ability import (
    Ability,
    MasteryRule,
    compute_mastery_probability,
    has_mastered,
)
from trainer.measure.competencies import LABELS
from trainer.measure.proportions import MINIMUM_N
from trainer.measure.tiers import find_tier_ability

# What is missing to mastery, or to the next tier, in the order in which it is told.
ANSWERS, ABILITY, CRITERION = "answers", "ability", "criterion"
MISSING: Final = (ANSWERS, ABILITY, CRITERION)


@dataclass(frozen=True)
class Condition:
    """How far a rule is met: None where too little was answered to say how likely it is.

    Attributes:
        chance: how likely the ability exceeds what is asked for.
        probability: how likely it has to be.
        n: answers so far.
        items: how many are needed.
        missing: what is not met yet.
    """

    chance: float | None
    probability: float
    n: int
    items: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class MasteryRow:
    """One trained competency. `opens` is what opens the tier after the current one, if any.

    Density has no tiers: `stand` is None. `ready` says whether the open tiers hold cases; where
    not, readers are given the nearest. It is not asked of the default, which bounds nobody.
    """

    competency: str
    label: str
    mastered: bool
    condition: Condition
    stand: Stand | None
    opens: Condition | None
    ready: bool = True


@dataclass(frozen=True)
class CriterionCondition:
    """What the rule asks of the criterion, and how likely it holds; None where that is unknown."""

    neutral: float
    probability: float
    chance: float | None


@dataclass(frozen=True)
class MasteryReport:
    """A reader's standing in the curriculum that they follow; its name is empty by default."""

    curriculum: str
    criterion: CriterionCondition
    rows: tuple[MasteryRow, ...]


def report_mastery(
    state: AbilityState,
    followed: Followed | None,
    *,
    criterion_known: bool,
    ask_stock: bool = False,
) -> MasteryReport:
    """Report where a reader stands in every competency that the curriculum trains.

    Args:
        state: what is known of the reader.
        followed: the curriculum; None for the default.
        criterion_known: whether enough was answered to tell the criterion.
        ask_stock: look whether the open tiers hold cases, in a query a competency.
    """
    followed = followed or DEFAULT
    rule = followed.syllabus.rule.mastery
    chance = compute_neutral_probability(state.ability, rule)
    return MasteryReport(
        curriculum=followed.name,
        criterion=CriterionCondition(
            rule.neutral, rule.neutral_probability, chance if criterion_known else None
        ),
        rows=tuple(
            _make_row(state, followed, name, ask_stock=ask_stock)
            for name in followed.syllabus.trained
        ),
    )


def compute_neutral_probability(ability: Ability, rule: MasteryRule) -> float:
    """Compute how likely the criterion lies within the rule's distance of 0."""
    centre, spread = ability.mean[-1], ability.deviation(len(ability.mean) - 1)
    return float(ndtr((rule.neutral - centre) / spread) - ndtr((-rule.neutral - centre) / spread))


def _make_row(state: AbilityState, followed: Followed, name: str, *, ask_stock: bool) -> MasteryRow:
    syllabus = followed.syllabus
    n, target, rule = state.counts.get(name, 0), syllabus.targets[name], syllabus.rule
    stand = None if name == "density" else find_stand(state, syllabus, name)
    opens = None
    if stand is not None and not stand.done:
        opens = _check(
            state.ability, name, find_tier_ability(name, stand.current), n=n, rule=rule.tier
        )
    ready = True
    if ask_stock and stand is not None and followed.name:
        ready = has_ready(name, stand.open, institution=followed.institution_id)
    return MasteryRow(
        competency=name,
        label=_(LABELS[name]),
        mastered=has_mastered(state.ability, name, target=target, n=n, rule=rule.mastery),
        condition=_check(state.ability, name, target, n=n, rule=rule.mastery),
        stand=stand,
        opens=opens,
        ready=ready,
    )


def _check(ability: Ability, name: str, target: float, *, n: int, rule: MasteryRule) -> Condition:
    chance = compute_mastery_probability(ability, name, target=target)
    enough = n >= MINIMUM_N
    met = {
        ANSWERS: n >= rule.items,
        # Below the minimum nothing is said of ability or criterion.
        ABILITY: not enough or chance >= rule.probability,
        CRITERION: not enough
        or compute_neutral_probability(ability, rule) >= rule.neutral_probability,
    }
    return Condition(
        chance=chance if enough else None,
        probability=rule.probability,
        n=n,
        items=rule.items,
        missing=tuple(name for name in MISSING if not met[name]),
    )
