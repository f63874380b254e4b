from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from trainer.accounts.models import Cohort, Role, User
from trainer.learning.queries.abilities import AbilityState, find_states
from trainer.measure.proportions import MINIMUM_N, Proportion
from trainer.measure.roc import RocArea
from trainer.reports.queries.abilities import (
    AbilityRow,
    CriterionRow,
    list_abilities,
    read_criterion,
)
from trainer.reports.queries.figures import compute_figures, compute_prevalence
from trainer.reports.queries.readings import ScoredReading, list_scored_readings


@dataclass(frozen=True)
class ResidentRow:
    """One resident's practice; `prevalence` is that of the cases this resident read."""

    id: int
    name: str
    email: str
    readings: int
    positives: int
    prevalence: float | None
    last_read_at: datetime | None
    sensitivity: Proportion
    specificity: Proportion
    recall_rate: Proportion
    lesion_sensitivity: Proportion
    density_agreement: Proportion
    area: RocArea
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
    """Report the practice of a cohort's residents at the cohort's institution, by name.

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
    figures = compute_figures(readings)
    return ResidentRow(
        id=resident.pk,
        name=str(resident),
        email=resident.email,
        readings=figures.readings,
        positives=figures.positives,
        prevalence=figures.prevalence,
        last_read_at=figures.last_read_at,
        sensitivity=figures.sensitivity,
        specificity=figures.specificity,
        recall_rate=figures.recall_rate,
        lesion_sensitivity=figures.lesion_sensitivity,
        density_agreement=figures.density_agreement,
        area=figures.area,
        abilities=list_abilities(state),
        criterion=read_criterion(state),
    )
