from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from trainer.learning.queries.abilities import NEW_READER, AbilityState, list_history
from trainer.learning.queries.curricula import find_followed
from trainer.learning.syllabus import DEFAULT_SYLLABUS
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.models import Session
from trainer.reports.queries.abilities import (
    AbilityRow,
    CriterionRow,
    find_next_goal,
    list_abilities,
    read_criterion,
)
from trainer.reports.queries.figures import Figures, compute_figures, count_streak
from trainer.reports.queries.mastery import MasteryReport, report_mastery
from trainer.reports.queries.milestones import Milestone, suggest_milestones
from trainer.reports.queries.readings import list_scored_readings


@dataclass(frozen=True)
class Progress(Figures):
    """A reader's own readings of one mode so far; `prevalence` belongs beside the figures."""

    mode: str
    minimum_n: int
    streak_days: int
    abilities: tuple[AbilityRow, ...]
    criterion: CriterionRow
    minutes: float
    next_goal: str
    mastery: MasteryReport
    milestones: tuple[Milestone, ...]


def report_progress(
    reader: Any, *, mode: str = Session.Mode.PRACTICE, today: date | None = None
) -> Progress:
    """Report a reader's progress: figures of one mode with intervals, abilities with history.

    Abilities learn from practice and assessments together, whichever of them the figures are of.
    """
    readings = list_scored_readings([reader.pk], mode=mode)
    history = list_history(reader)
    state = AbilityState.after(history[-1]) if history else NEW_READER
    followed = find_followed(reader)
    syllabus = DEFAULT_SYLLABUS if followed is None else followed.syllabus
    abilities = list_abilities(state, history, syllabus=syllabus)
    trained = [row for row in abilities if row.competency in syllabus.competencies]
    criterion = read_criterion(state)
    return Progress(
        **vars(compute_figures(readings)),
        mode=mode,
        minimum_n=MINIMUM_N,
        streak_days=count_streak(readings, today=today or timezone.localdate()),
        abilities=abilities,
        criterion=criterion,
        minutes=sum(reading.minutes for reading in readings),
        next_goal=find_next_goal(trained, rule=syllabus.rule.mastery),
        mastery=report_mastery(state, followed, criterion_known=criterion.enough, ask_stock=True),
        milestones=suggest_milestones(state, followed),
    )
