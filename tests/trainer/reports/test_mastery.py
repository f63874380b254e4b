"""What is said of mastery, tiers and milestones: never more than is known."""

from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import MembershipFactory
from tests.factories.curricula import make_content, make_curriculum
from tests.factories.scored import store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Cohort, Institution, User
from trainer.learning.queries.abilities import NEW_READER, AbilityState
from trainer.learning.queries.curricula import Followed
from trainer.learning.syllabus import DEFAULT_SYLLABUS, Syllabus
from trainer.measure.ability import Ability, start_ability
from trainer.measure.competencies import COMPETENCIES
from trainer.measure.targets import TARGETS
from trainer.measure.tiers import find_tier_ability
from trainer.reports.queries import list_milestones, report_cohort, report_progress
from trainer.reports.queries.mastery import MasteryRow, report_mastery
from trainer.reports.queries.milestones import Milestone, suggest_milestones


def stand_at(
    *, n: int = 40, criterion: float = 0.0, above: float = 0.0, **thetas: float
) -> AbilityState:
    """A reader well known: abilities as named, the others `above` their goals."""
    start = start_ability()
    mean = np.array(
        [thetas.get(name, TARGETS[name] + above) for name in COMPETENCIES] + [criterion]
    )
    ability = Ability(start.competencies, mean, 0.01 * np.eye(len(mean)))
    return AbilityState(ability, dict.fromkeys(COMPETENCIES, n), None)


def rows_of(state: AbilityState, syllabus: Syllabus = DEFAULT_SYLLABUS) -> dict[str, MasteryRow]:
    report = report_mastery(state, Followed("Year", syllabus), criterion_known=True)
    return {row.competency: row for row in report.rows}


def milestones_of(state: AbilityState, followed: Followed | None = None) -> dict[str, Milestone]:
    return {each.milestone: each for each in suggest_milestones(state, followed)}


def test_of_a_new_reader_nothing_is_said_but_how_many_answers_it_takes() -> None:
    report = report_mastery(NEW_READER, None, criterion_known=False)
    assert (report.curriculum, report.criterion.chance) == ("", None)
    for row in report.rows:
        assert (row.mastered, row.condition.chance) == (False, None)
        assert row.condition.missing == ("answers",)
        if row.competency != "density":
            assert row.stand is not None
            assert (row.stand.passed, row.stand.current) == (0, 1)
            assert row.opens is not None
            assert (row.opens.missing, row.opens.items) == (("answers",), 10)
    assert all(each.low is None for each in suggest_milestones(NEW_READER, None))


@pytest.mark.parametrize(
    ("state", "missing"),
    [
        (stand_at(above=1.0), ()),
        (stand_at(above=1.0, n=15), ("answers",)),
        (stand_at(above=-1.0), ("ability",)),
        (stand_at(above=1.0, criterion=1.5), ("criterion",)),
        (stand_at(above=-1.0, n=15, criterion=-1.5), ("answers", "ability", "criterion")),
    ],
)
def test_mastered_or_what_is_missing(state: AbilityState, missing: tuple[str, ...]) -> None:
    for row in rows_of(state).values():
        assert row.condition.missing == missing
        assert row.mastered == (not missing)


def test_a_stricter_curriculum_masters_fewer() -> None:
    content = make_content()
    content["competencies"]["mass"]["target_offset"] = 1.0
    stricter = Syllabus.from_json(content)
    state = stand_at(above=0.5)
    assert rows_of(state)["mass"].mastered
    assert not rows_of(state, stricter)["mass"].mastered
    assert rows_of(state, stricter)["calcification"].mastered


def test_what_opens_the_next_tier_is_told_until_all_are_passed() -> None:
    between = (find_tier_ability("mass", 2) + find_tier_ability("mass", 3)) / 2
    row = rows_of(stand_at(mass=between))["mass"]
    assert row.stand is not None
    assert (row.stand.passed, row.stand.current, row.stand.open) == (2, 3, (1, 2, 3))
    assert row.opens is not None
    assert row.opens.missing == ("ability",)
    done = rows_of(stand_at(mass=8.0))["mass"]
    assert done.stand is not None
    assert (done.stand.done, done.stand.current, done.opens) == (True, 5, None)


def test_milestones_go_by_the_least_and_name_the_range() -> None:
    able = stand_at(above=0.6)
    assert {each.low for each in milestones_of(able).values()} == {4}
    weak = milestones_of(stand_at(above=0.6, mass=-9.0))["finding"]
    assert (weak.low, weak.high) == (1, milestones_of(able)["finding"].high)
    best = milestones_of(stand_at(above=6.0))
    assert {(each.low, each.high) for each in best.values()} == {(5, 5)}
    marks_everything = milestones_of(stand_at(above=6.0, criterion=1.6))
    assert {(each.low, each.high) for each in marks_everything.values()} == {(1, 1)}


def test_a_milestone_with_too_few_answers_names_what_lacks() -> None:
    state = stand_at(above=1.0)
    few = AbilityState(state.ability, {**state.counts, "distortion": 3}, None)
    finding = milestones_of(few)["finding"]
    assert (finding.low, finding.high, finding.lacking) == (
        None,
        None,
        ("Architectural distortion",),
    )
    masses = Followed("Masses", Syllabus.from_json(make_content("mass")))
    assert set(milestones_of(few, masses)) == {"finding", "leaving"}
    assert milestones_of(few, masses)["finding"].low is not None


@pytest.mark.django_db
def test_progress_follows_the_cohorts_curriculum(
    institution: Institution, educator: User, cohort: Cohort, resident: User
) -> None:
    content = make_content("mass", items=30)
    content["competencies"]["mass"] |= {"first_tier": 3, "target_offset": 0.5}
    make_curriculum(institution, educator, content=content, cohorts=[cohort])
    progress = report_progress(resident)
    assert progress.mastery.curriculum == "First year"
    assert [row.competency for row in progress.mastery.rows] == ["mass", "normal_rejection"]
    mass = progress.mastery.rows[0]
    assert mass.stand is not None
    assert (mass.stand.current, mass.condition.items, mass.ready) == (3, 30, False)
    target = next(row.target for row in progress.abilities if row.competency == "mass")
    assert target == pytest.approx(TARGETS["mass"] + 0.5)


@pytest.mark.django_db
def test_a_cohort_is_held_to_its_curriculums_goals(
    institution: Institution, educator: User, cohort: Cohort, resident: User
) -> None:
    for _ in range(12):
        for kind in ("mass", "calcification_group"):
            case = make_case(kind=kind)
            store_reading(reader=resident, institution=institution, case=case, right=False)
    before = report_cohort(cohort).residents[0]
    assert {"mass", "calcification"} <= set(before.struggles)
    content = make_content("mass")
    content["competencies"]["mass"]["target_offset"] = 1.0
    make_curriculum(institution, educator, content=content, cohorts=[cohort])
    after = report_cohort(cohort).residents[0]
    assert "mass" in after.struggles
    assert "calcification" not in after.struggles, "it is not trained"
    goals = [row.abilities[COMPETENCIES.index("mass")].target for row in (before, after)]
    assert goals[1] - goals[0] == pytest.approx(1.0)


@pytest.mark.django_db
def test_milestones_of_a_cohort_cost_the_same_for_three(
    institution: Institution, educator: User, cohort: Cohort
) -> None:
    make_curriculum(institution, educator, cohorts=[cohort])
    readers: list[Any] = []
    counts = []
    for more in (1, 2):
        for _ in range(more):
            reader = MembershipFactory.create(institution=institution, cohort=cohort).user
            store_reading(reader=reader, institution=institution, case=make_case(kind="mass"))
            readers.append(reader)
        with CaptureQueriesContext(connection) as queries:
            found = list_milestones(readers)
        assert [row.id for row in found] == [reader.pk for reader in readers]
        counts.append(len(queries))
    assert counts[0] == counts[1]
