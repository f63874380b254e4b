from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trainer.learning.models import AbilityEstimate
from trainer.learning.queries.abilities import AbilityState
from trainer.learning.syllabus import DEFAULT_SYLLABUS, Syllabus
from trainer.measure.ability import (
    DEFAULT_RULE,
    Estimate,
    MasteryRule,
    compute_mastery_probability,
    estimate_competency,
    estimate_criterion,
    has_mastered,
)
from trainer.measure.competencies import COMPETENCIES, LABELS
from trainer.measure.proportions import MINIMUM_N

UNKNOWN, LEARNING, NEAR, REACHED = "unknown", "learning", "near", "reached"
LEVELS = (UNKNOWN, LEARNING, NEAR, REACHED)
# More likely than not at the goal.
EVEN = 0.5

# Items that the criterion enters: lesions, and normal tissue left alone.
_CRITERION_ITEMS = ("mass", "calcification", "distortion", "asymmetry", "normal_rejection")


@dataclass(frozen=True)
class AbilityPoint:
    at: datetime
    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class AbilityRow:
    """An ability with its 95 % interval; None until enough items of it were answered.

    `target` is the ability that is asked for, `chance` how likely the reader has it.
    """

    competency: str
    label: str
    mean: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool
    level: str
    target: float
    chance: float | None
    history: tuple[AbilityPoint, ...] = ()


@dataclass(frozen=True)
class CriterionRow:
    """The criterion with its 95 % interval: above 0 the reader marks freely."""

    mean: float | None
    low: float | None
    high: float | None
    n: int
    enough: bool


def list_abilities(
    state: AbilityState,
    history: Sequence[AbilityEstimate] = (),
    *,
    syllabus: Syllabus = DEFAULT_SYLLABUS,
) -> tuple[AbilityRow, ...]:
    """List the abilities that can be practised, with those points of history that have enough.

    Goals, and when they count as reached, are those of the curriculum.
    """
    rows, rule = [], syllabus.rule.mastery
    for competency in COMPETENCIES:
        n = state.counts.get(competency, 0)
        points = tuple(
            _make_point(row, competency)
            for row in history
            if row.counts.get(competency, 0) >= MINIMUM_N
        )
        mean, low, high = _show(estimate_competency(state.ability, competency), n)
        enough, target = n >= MINIMUM_N, syllabus.targets[competency]
        chance = compute_mastery_probability(state.ability, competency, target=target)
        reached = has_mastered(state.ability, competency, target=target, n=n, rule=rule)
        rows.append(
            AbilityRow(
                competency=competency,
                label=_(LABELS[competency]),
                mean=mean,
                low=low,
                high=high,
                n=n,
                enough=enough,
                level=_name_level(chance, enough=enough, reached=reached),
                target=target,
                chance=chance if enough else None,
                history=points,
            )
        )
    return tuple(rows)


def find_next_goal(abilities: Sequence[AbilityRow], *, rule: MasteryRule = DEFAULT_RULE) -> str:
    """What to practise for next, in a sentence: what is nearly known, then what is nearest."""
    unknown = [row for row in abilities if not row.enough]
    if unknown:
        row = max(unknown, key=lambda each: each.n)
        more = MINIMUM_N - row.n
        return ngettext(
            "%(label)s: %(more)d more answer for an estimate.",
            "%(label)s: %(more)d more answers for an estimate.",
            more,
        ) % {"label": row.label, "more": more}
    open_goals = [row for row in abilities if row.level != REACHED]
    if not open_goals:
        return _("Every goal is reached. Keep them fresh.")
    row = max(open_goals, key=lambda each: each.chance or 0.0)
    if row.n < rule.items and row.level == NEAR:
        return ngettext(
            "%(label)s: %(more)d more answer to confirm the goal.",
            "%(label)s: %(more)d more answers to confirm the goal.",
            rule.items - row.n,
        ) % {"label": row.label, "more": rule.items - row.n}
    if (row.chance or 0.0) >= rule.probability:
        return _("%(label)s: at the goal, once you mark neither too freely nor too rarely.") % {
            "label": row.label
        }
    # An ability stands with its interval beside its chart; here only which goal is the nearest.
    return _("%(label)s: the goal that you are nearest to.") % {"label": row.label}


def _name_level(chance: float, *, enough: bool, reached: bool) -> str:
    if not enough:
        return UNKNOWN
    if reached:
        return REACHED
    return NEAR if chance >= EVEN else LEARNING


def read_criterion(state: AbilityState) -> CriterionRow:
    """Read the criterion of a reader."""
    n = sum(state.counts.get(competency, 0) for competency in _CRITERION_ITEMS)
    mean, low, high = _show(estimate_criterion(state.ability), n)
    return CriterionRow(mean, low, high, n, enough=n >= MINIMUM_N)


def _show(estimate: Estimate, n: int) -> tuple[float | None, float | None, float | None]:
    if n < MINIMUM_N:
        return None, None, None
    return estimate.mean, estimate.low, estimate.high


def _make_point(row: AbilityEstimate, competency: str) -> AbilityPoint:
    estimate = estimate_competency(row.ability, competency)
    return AbilityPoint(row.answered_at, estimate.mean, estimate.low, estimate.high)
