from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from trainer.accounts.models import Cohort, Role, User
from trainer.learning.queries.abilities import AbilityState, find_states
from trainer.learning.queries.curricula import find_cohort_syllabus
from trainer.learning.syllabus import Syllabus
from trainer.measure.averages import Average, average_over_readers
from trainer.measure.mrmc import MINIMUM_READERS
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.models import Session
from trainer.reports.queries.abilities import (
    AbilityRow,
    CriterionRow,
    list_abilities,
    read_criterion,
)
from trainer.reports.queries.figures import Figures, compute_figures, compute_prevalence
from trainer.reports.queries.readings import ScoredReading, list_scored_readings


@dataclass(frozen=True)
class ResidentRow(Figures):
    """One resident's readings; `prevalence` is that of the cases this resident read.

    `struggles` are the competencies whose whole interval lies below the goal, the farthest first.
    """

    id: int
    name: str
    email: str
    abilities: tuple[AbilityRow, ...]
    criterion: CriterionRow
    struggles: tuple[str, ...]


@dataclass(frozen=True)
class Averages:
    """The mean of each figure over the residents who have it."""

    sensitivity: Average
    specificity: Average
    area: Average
    density_kappa: Average
    assessment_kappa: Average


@dataclass(frozen=True)
class CohortReport:
    """The residents of a cohort in one mode, and the prevalence of all that they read together."""

    cohort: Cohort
    mode: str
    readings: int
    positives: int
    prevalence: float | None
    minimum_n: int
    minimum_readers: int
    averages: Averages
    residents: tuple[ResidentRow, ...]


def list_residents(cohort: Cohort) -> list[User]:
    """The cohort's residents by name."""
    return list(
        User.objects.filter(memberships__cohort=cohort, memberships__role=Role.RESIDENT)
        .distinct()
        .order_by("name", "email")
    )


def report_cohort(cohort: Cohort, *, mode: str = Session.Mode.PRACTICE) -> CohortReport:
    """Report a cohort's residents in one mode, those who struggle with most first.

    Figures count readings made at the cohort's institution. Abilities and the criterion are one
    estimate a person, which learns from practice and assessments made anywhere. Goals are those of
    the cohort's curriculum.

    Takes the same number of queries whatever the number of residents.
    """
    residents = list_residents(cohort)
    ids = [resident.pk for resident in residents]
    readings = list_scored_readings(ids, institution=cohort.institution_id, mode=mode)
    by_reader: dict[int, list[ScoredReading]] = defaultdict(list)
    for reading in readings:
        by_reader[reading.reader_id].append(reading)
    states, syllabus = find_states(ids), find_cohort_syllabus(cohort)
    rows = [
        _make_row(resident, by_reader[resident.pk], states[resident.pk], syllabus)
        for resident in residents
    ]
    return CohortReport(
        cohort=cohort,
        mode=mode,
        readings=len(readings),
        positives=sum(reading.positive for reading in readings),
        prevalence=compute_prevalence(readings),
        minimum_n=MINIMUM_N,
        minimum_readers=MINIMUM_READERS,
        averages=average_figures(rows),
        residents=tuple(sorted(rows, key=_find_need)),
    )


def average_figures(rows: Sequence[Figures]) -> Averages:
    """Average each figure over the readers who have it."""
    return Averages(
        sensitivity=_average(rows, lambda row: row.sensitivity),
        specificity=_average(rows, lambda row: row.specificity),
        area=average_over_readers(
            [
                (row.area.value, row.area.n_positive + row.area.n_negative)
                for row in rows
                if row.area.value is not None
            ]
        ),
        density_kappa=_average(rows, lambda row: row.density_kappa, lowest=-1.0),
        assessment_kappa=_average(rows, lambda row: row.assessment_kappa, lowest=-1.0),
    )


class _Counted(Protocol):
    @property
    def value(self) -> float | None: ...
    @property
    def n(self) -> int: ...


def _average(
    rows: Sequence[Figures], pick: Callable[[Figures], _Counted], *, lowest: float = 0.0
) -> Average:
    known = [(each.value, each.n) for each in map(pick, rows) if each.value is not None]
    return average_over_readers(known, lowest=lowest)


def _make_row(
    resident: User, readings: list[ScoredReading], state: AbilityState, syllabus: Syllabus
) -> ResidentRow:
    abilities = list_abilities(state, syllabus=syllabus)
    short = [
        row
        for row in abilities
        if row.high is not None and row.high < row.target and row.competency in syllabus.trained
    ]
    return ResidentRow(
        **vars(compute_figures(readings)),
        id=resident.pk,
        name=str(resident),
        email=resident.email,
        abilities=abilities,
        criterion=read_criterion(state),
        struggles=tuple(row.competency for row in sorted(short, key=_find_shortfall, reverse=True)),
    )


def _find_shortfall(row: AbilityRow) -> float:
    return 0.0 if row.mean is None else row.target - row.mean


def _find_need(row: ResidentRow) -> tuple[int, float, bool, str]:
    """Sorts by how many goals are surely not reached, by how far off, and by name.

    Those of whom nothing is known come last.
    """
    short = [each for each in row.abilities if each.competency in row.struggles]
    unknown = not any(each.enough for each in row.abilities)
    return (-len(short), -sum(map(_find_shortfall, short)), unknown, row.name)
