"""Levels suggested for a milestones meeting, from tiers and mastery: never an evaluation.

Programs rate residents from 1 to 5 on milestones of image interpretation and of knowledge. What is
known here is practice on synthetic mammograms, so what comes out is a starting point for talking,
with its range. docs/decisions/curricula.md says how the steps were chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from trainer.accounts.models import Cohort, User
from trainer.learning.queries.abilities import AbilityState, find_states
from trainer.learning.queries.curricula import DEFAULT, Followed, find_all_followed
from trainer.measure.ability import compute_mastery_probability
from trainer.measure.proportions import MINIMUM_N
from trainer.measure.tiers import find_tier_ability
from trainer.reports.queries.cohort import list_residents
from trainer.reports.queries.mastery import CRITERION, MasteryRow, report_mastery

# Own words; each with the competencies that speak for it.
MILESTONES: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "finding",
        gettext_noop("Finding what matters"),
        ("mass", "calcification", "distortion", "asymmetry"),
    ),
    ("leaving", gettext_noop("Leaving the normal alone"), ("normal_rejection",)),
    ("naming", gettext_noop("Describing and assessing"), ("characterisation", "density")),
)
LEVELS: Final = (1, 2, 3, 4, 5)
_EASY, _MIDDLE, _HARDEST = 2, 3, 5


@dataclass(frozen=True)
class Milestone:
    """A suggested level: that which every competency has reached, and up to where the best went.

    `low` and `high` are None where a competency has too few answers; `lacking` names those.
    """

    milestone: str
    label: str
    low: int | None
    high: int | None
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class ResidentMilestones:
    """One resident's suggested levels, by the curriculum that they follow; empty the default."""

    id: int
    name: str
    curriculum: str
    milestones: tuple[Milestone, ...]


def report_cohort_milestones(cohort: Cohort) -> list[ResidentMilestones]:
    """Suggest levels for every resident of a cohort, by name."""
    return list_milestones(list_residents(cohort))


def list_milestones(readers: Iterable[User]) -> list[ResidentMilestones]:
    """Suggest levels for several readers, in as many queries as for one."""
    people = list(readers)
    ids = [person.pk for person in people]
    states, followed = find_states(ids), find_all_followed(ids)
    return [
        ResidentMilestones(
            id=person.pk,
            name=str(person),
            curriculum=followed[person.pk].name if person.pk in followed else "",
            milestones=suggest_milestones(states[person.pk], followed.get(person.pk)),
        )
        for person in people
    ]


def suggest_milestones(state: AbilityState, followed: Followed | None) -> tuple[Milestone, ...]:
    """Suggest levels for one reader, by the rule of the curriculum that they follow."""
    rule = (followed or DEFAULT).syllabus.rule
    report = report_mastery(state, followed, criterion_known=True)
    levels = {
        row.competency: _find_level(state, row, probability=rule.tier_probability)
        for row in report.rows
    }
    labels = {row.competency: row.label for row in report.rows}
    found = []
    for key, label, competencies in MILESTONES:
        trained = {name: levels[name] for name in competencies if name in levels}
        known = [level for level in trained.values() if level is not None]
        lacking = tuple(labels[name] for name, level in trained.items() if level is None)
        if trained:
            low, high = (None, None) if lacking else (min(known), max(known))
            found.append(Milestone(key, _(label), low, high, lacking))
    return tuple(found)


def _find_level(state: AbilityState, row: MasteryRow, *, probability: float) -> int | None:
    """1 begun; 2 and 3 right on cases of tier 2 and 3; 4 mastered; 5 right on the hardest, too.

    None below the minimum of answers. Tiers are passed with the probability that opens the next
    in the curriculum, but counted from 1, so that a curriculum that starts late hides nothing;
    who marks too freely or too rarely stays at 1.
    """
    if row.condition.n < MINIMUM_N:
        return None
    if CRITERION in row.condition.missing:
        return 1

    def passes(tier: int) -> bool:
        target = find_tier_ability(row.competency, tier)
        chance = compute_mastery_probability(state.ability, row.competency, target=target)
        return chance >= probability

    if row.mastered:
        return 5 if passes(_HARDEST) else 4
    return 3 if passes(_MIDDLE) else 2 if passes(_EASY) else 1
