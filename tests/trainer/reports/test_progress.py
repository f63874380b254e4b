from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.scored import store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.models import Score
from trainer.reports.queries import AbilityRow, report_progress
from trainer.reports.queries.abilities import find_next_goal

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


def practise(reader: User, institution: Institution, *, positive: int, normal: int) -> None:
    for n in range(positive + normal):
        case = make_case(kind="mass" if n < positive else None)
        at = NOON - timedelta(days=n % 3)
        store_reading(reader=reader, institution=institution, case=case, right=n % 4 != 0, at=at)


def test_a_new_reader_has_no_figures_and_all_competencies(resident: User) -> None:
    progress = report_progress(resident)
    assert (progress.readings, progress.prevalence, progress.streak_days) == (0, None, 0)
    assert [row.competency for row in progress.abilities] == list(COMPETENCIES)
    assert all(row.mean is None and not row.enough for row in progress.abilities)
    assert progress.criterion.mean is None
    assert progress.minimum_n == MINIMUM_N


def test_figures_abilities_and_history(resident: User, institution: Institution) -> None:
    practise(resident, institution, positive=12, normal=12)
    progress = report_progress(resident, today=date(2026, 5, 20))
    assert (progress.readings, progress.positives, progress.prevalence) == (24, 12, 0.5)
    assert progress.sensitivity.value == progress.specificity.value == 0.75
    assert progress.recall_rate.value == 0.5
    assert progress.streak_days == 3
    abilities = {row.competency: row for row in progress.abilities}
    mass = abilities["mass"]
    assert (mass.n, mass.enough) == (12, True)
    assert mass.mean is not None
    assert mass.low is not None
    assert mass.low < mass.mean < mass.high
    # The history begins where there was enough, and ends with what is known now.
    assert len(mass.history) == 24 - (MINIMUM_N - 1)
    assert (mass.history[-1].mean, mass.history[-1].low) == (mass.mean, mass.low)
    calcification = abilities["calcification"]
    assert (calcification.n, calcification.mean, calcification.history) == (0, None, ())
    assert progress.criterion.enough


def test_the_newest_score_counts(resident: User, institution: Institution) -> None:
    practise(resident, institution, positive=10, normal=0)
    before = report_progress(resident)
    score = Score.objects.filter(result__recalled=True).first()
    assert score is not None
    rescored = score.result | {"recalled": False, "recall_correct": False}
    Score.objects.create(reading=score.reading, method_version=2, result=rescored)
    after = report_progress(resident)
    assert after.readings == before.readings
    assert before.sensitivity.value == 0.7
    assert after.sensitivity.value == 0.6


def test_a_lesion_that_no_view_shows_is_neither_found_nor_missed(
    resident: User, institution: Institution
) -> None:
    practise(resident, institution, positive=12, normal=0)
    before = report_progress(resident).lesion_sensitivity
    missed = Score.objects.filter(result__recalled=False).first()
    assert missed is not None
    unseen = [lesion | {"asked": False} for lesion in missed.result["lesions"]]
    Score.objects.create(
        reading=missed.reading, method_version=3, result=missed.result | {"lesions": unseen}
    )
    after = report_progress(resident).lesion_sensitivity
    assert (before.value, before.n) == (9 / 12, 12)
    assert (after.value, after.n) == (9 / 11, 11)


def test_scores_that_do_not_tell_what_was_asked_count_every_lesion(
    resident: User, institution: Institution
) -> None:
    practise(resident, institution, positive=12, normal=0)
    before = report_progress(resident).lesion_sensitivity
    for score in Score.objects.all():
        old = [
            {name: value for name, value in lesion.items() if name != "asked"}
            for lesion in score.result["lesions"]
        ]
        Score.objects.create(
            reading=score.reading, method_version=2, result=score.result | {"lesions": old}
        )
    assert report_progress(resident).lesion_sensitivity == before


def test_another_readers_practice_stays_out(
    resident: User, educator: User, institution: Institution
) -> None:
    practise(educator, institution, positive=2, normal=1)
    assert report_progress(resident).readings == 0


def test_queries_do_not_grow_with_readings(resident: User, institution: Institution) -> None:
    counts = []
    for n in (1, 3):
        practise(resident, institution, positive=n, normal=n)
        with CaptureQueriesContext(connection) as queries:
            report_progress(resident)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 4


def test_levels_goals_and_time(resident: User, institution: Institution) -> None:
    new = report_progress(resident)
    assert {row.level for row in new.abilities} == {"unknown"}
    assert "10 more answers" in new.next_goal
    assert new.minutes == 0
    practise(resident, institution, positive=30, normal=30)
    progress = report_progress(resident)
    mass = next(row for row in progress.abilities if row.competency == "mass")
    assert mass.level in ("learning", "near")
    assert mass.chance is not None
    assert (mass.level == "near") == (mass.chance >= 0.5)
    assert "more answers for an estimate" in progress.next_goal, "distortions were never met"


def test_the_next_goal_is_the_nearest_one_not_reached() -> None:
    def row(competency: str, **fields: Any) -> AbilityRow:
        known = {"mean": 0.4, "low": 0.1, "high": 0.7, "n": 40, "enough": True}
        level = {"level": "learning", "target": 1.2, "chance": 0.1}
        return AbilityRow(competency=competency, label=competency.title(), **known | level | fields)

    far, near = row("mass"), row("density", chance=0.4, mean=1.0)
    reached = row("asymmetry", level="reached", chance=0.99)
    assert find_next_goal([far, near, reached]) == "Density: the goal that you are nearest to."
    few = row("distortion", enough=False, level="unknown", chance=None, n=9)
    assert find_next_goal([far, few]) == "Distortion: 1 more answer for an estimate."
    unsure = row("mass", level="near", chance=0.9, n=15)
    assert "5 more answers to confirm" in find_next_goal([unsure])
    biased = row("mass", level="near", chance=0.97)
    assert "neither too freely" in find_next_goal([biased])
    assert "Every goal is reached" in find_next_goal([reached])
