from collections import defaultdict
from dataclasses import dataclass

from trainer.accounts.models import Cohort, Role, User
from trainer.learning.queries.abilities import AbilityState, find_states
from trainer.measure.proportions import MINIMUM_N
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
    """One resident's practice; `prevalence` is that of the cases this resident read."""

    id: int
    name: str
    email: str
    abilities: tuple[AbilityRow, ...]
    criterion: CriterionRow


@dataclass(frozen=True)
class CohortReport:
    """The residents of a cohort, and the prevalence of all that they read together."""

    cohort: Cohort
    prevalence: float | None
    minimum_n: int
    residents: tuple[ResidentRow, ...]


def report_cohort(cohort: Cohort) -> CohortReport:
    """Report the practice of a cohort's residents, by name.

    Figures count readings made at the cohort's institution. Abilities and the criterion are one
    estimate a person, which learns from readings made anywhere.

    Takes the same number of queries whatever the number of residents.
    """
    residents = list(
        User.objects.filter(memberships__cohort=cohort, memberships__role=Role.RESIDENT)
        .distinct()
        .order_by("name", "email")
    )
    ids = [resident.pk for resident in residents]
    readings = list_scored_readings(ids, institution=cohort.institution_id)
    by_reader: dict[int, list[ScoredReading]] = defaultdict(list)
    for reading in readings:
        by_reader[reading.reader_id].append(reading)
    states = find_states(ids)
    return CohortReport(
        cohort=cohort,
        prevalence=compute_prevalence(readings),
        minimum_n=MINIMUM_N,
        residents=tuple(
            _make_row(resident, by_reader[resident.pk], states[resident.pk])
            for resident in residents
        ),
    )


def _make_row(resident: User, readings: list[ScoredReading], state: AbilityState) -> ResidentRow:
    return ResidentRow(
        **vars(compute_figures(readings)),
        id=resident.pk,
        name=str(resident),
        email=resident.email,
        abilities=list_abilities(state),
        criterion=read_criterion(state),
    )
