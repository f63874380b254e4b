"""Curricula: what may be asked for, who follows them, and what practice makes of them."""

import json
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.utils import timezone

from cases.models import Case, CaseRequest
from generation.spec import CaseSpec
from tests.factories.accounts import CohortFactory, InstitutionFactory
from tests.factories.curricula import make_content, make_curriculum
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Cohort, Institution, User
from trainer.learning.domain import choose_case
from trainer.learning.domain.choice import Choice
from trainer.learning.domain.curricula import (
    archive_curriculum,
    change_curriculum,
    copy_curriculum,
    create_curriculum,
    export_curriculum,
    follow_curriculum,
    import_curriculum,
)
from trainer.learning.errors import CurriculumError, StaleCurriculumError
from trainer.learning.models import AbilityEstimate, Curriculum
from trainer.learning.plans import Plan
from trainer.learning.queries.curricula import find_all_followed, find_followed
from trainer.learning.reasons import tell_reason
from trainer.learning.syllabus import Syllabus, list_warnings
from trainer.measure.ability import MODEL_VERSION, start_ability
from trainer.reading.domain.assignments import next_assignment
from trainer.reading.domain.sessions import start_session
from trainer.reading.errors import NoCaseReadyError

pytestmark = pytest.mark.django_db


def choose(reader: User, institution: Institution, *seen: Case, seed: int = 0) -> Choice | None:
    return choose_case(
        reader=reader,
        seen_case_ids=frozenset(case.pk for case in seen),
        institution=institution,
        rng=np.random.default_rng(seed),
    )


def make_able(reader: User, competency: str, theta: float) -> None:
    """A reader of whom an ability is well known, from enough answers."""
    start = start_ability()
    mean = [0.0] * len(start.mean)
    mean[start.position(competency)] = theta
    AbilityEstimate.objects.create(
        reader=reader,
        case=make_case(kind=None, seed=uuid4().int % 2**31),
        source=uuid4(),
        session=uuid4(),
        model_version=MODEL_VERSION,
        competencies=list(start.competencies),
        mean=mean,
        covariance=(0.01 * np.eye(len(mean))).tolist(),
        counts={competency: 40},
        answered_at=timezone.now(),
    )


def errors_of(content: Any) -> dict[str, Any]:
    with pytest.raises(CurriculumError) as refusal:
        Syllabus.from_json(content)
    return refusal.value.errors


class TestWhatMayBeAskedFor:
    def test_the_default_is_everything_and_survives_json(self) -> None:
        written = json.loads(json.dumps(Syllabus().to_json()))
        assert Syllabus.from_json(written) == Syllabus()
        assert len(Syllabus().trained) == 7
        assert list_warnings(Syllabus()) == []

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("neutral_probability", 0.0),
            ("neutral_probability", 0.09),
            ("neutral", 0.81),
            ("neutral", 100),
            ("items", 9),
            ("items", 20.5),
            ("probability", 0.5),
            ("probability", 1),
            ("probability", float("nan")),
            ("probability", "0.95"),
            ("tier_probability", True),
        ],
    )
    def test_no_rule_lets_everything_markers_pass(self, field: str, value: Any) -> None:
        """The criterion can be asked for more strictly, never less, and not be switched off."""
        errors = errors_of(make_content(**{field: value}))
        assert list(errors) == ["rule"]
        assert list(errors["rule"]) == [field]

    def test_every_wrong_field_is_named(self) -> None:
        content = make_content("mass", "density", probability=2, colour="red")
        content["competencies"]["mass"] |= {"weight": 0, "last_tier": 9}
        content["competencies"]["density"] |= {"first_tier": 4, "last_tier": 2}
        content["competencies"]["bones"] = {}
        errors = errors_of(content)
        assert set(errors["rule"]) == {"probability", "colour"}
        assert set(errors["competencies"]) == {"mass", "density", "bones"}
        assert set(errors["competencies"]["mass"]) == {"weight", "last_tier"}
        assert set(errors["competencies"]["density"]) == {"last_tier"}

    def test_lesions_and_normals_stay_in(self) -> None:
        assert set(errors_of({"competencies": {"density": {}}})["competencies"]) == {
            "mass",
            "normal_rejection",
        }
        assert "competencies" in errors_of({"competencies": []})
        assert "competencies" in errors_of(None)

    def test_a_laxer_rule_is_warned_of(self) -> None:
        lax = make_content(items=10)
        lax["competencies"]["mass"]["target_offset"] = -0.3
        assert len(list_warnings(Syllabus.from_json(lax))) == 2

    def test_goals_move_with_their_offset(self) -> None:
        content = make_content("mass")
        content["competencies"]["mass"]["target_offset"] = 0.25
        syllabus = Syllabus.from_json(content)
        moved = {
            name: syllabus.targets[name] - target for name, target in Syllabus().targets.items()
        }
        assert moved.pop("mass") == pytest.approx(0.25)
        assert set(moved.values()) == {0.0}


class TestChanging:
    def test_changes_count_versions_and_two_at_once_do_not_overwrite(
        self, institution: Institution, educator: User, director: User
    ) -> None:
        curriculum = make_curriculum(institution, educator)
        change = {"curriculum": curriculum, "content": make_content("mass"), "by": director}
        changed = change_curriculum(version=1, name="Masses", **change)
        assert (changed.name, changed.version, changed.updated_by) == ("Masses", 2, director)
        assert changed.syllabus.trained == ("mass", "normal_rejection")
        with pytest.raises(StaleCurriculumError):
            change_curriculum(version=1, name="Late", **change)
        assert Curriculum.objects.get().name == "Masses"

    def test_names_are_needed_and_told_apart(
        self, institution: Institution, educator: User
    ) -> None:
        make_curriculum(institution, educator, name="First year")
        for name in ("", "  ", "First year", "x" * 121, None):
            with pytest.raises(CurriculumError) as refusal:
                create_curriculum(
                    institution=institution, name=name, content=make_content(), by=educator
                )  # type: ignore[arg-type]
            assert list(refusal.value.errors) == ["name"]
        make_curriculum(InstitutionFactory.create(), educator, name="First year")

    def test_a_copy_says_the_same_and_nobody_follows_it(
        self, institution: Institution, educator: User, cohort: Cohort
    ) -> None:
        original = make_curriculum(
            institution, educator, content=make_content("mass"), cohorts=[cohort]
        )
        names = [copy_curriculum(curriculum=original, by=educator).name for _ in range(2)]
        assert names == ["First year (2)", "First year (3)"]
        assert Curriculum.objects.get(name=names[0]).syllabus == original.syllabus
        assert original.followed_by.count() == 1
        assert not Curriculum.objects.get(name=names[0]).followed_by.exists()

    def test_archived_is_followed_by_nobody_and_left_alone(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        curriculum = make_curriculum(institution, educator, cohorts=[cohort])
        assert find_followed(resident) is not None
        first = archive_curriculum(curriculum=curriculum, by=educator)
        assert archive_curriculum(curriculum=first, by=educator).version == first.version == 2
        assert find_followed(resident) is None
        with pytest.raises(CurriculumError):
            follow_curriculum(curriculum=curriculum, cohorts=[cohort.pk])
        with pytest.raises(CurriculumError):
            change_curriculum(
                curriculum=curriculum, version=2, name="X", content=make_content(), by=educator
            )
        make_curriculum(institution, educator, name=curriculum.name)  # the name is free again


class TestSharing:
    def test_a_file_comes_back_as_it_was_on_another_site(
        self, institution: Institution, educator: User
    ) -> None:
        content = make_content("mass", "density", items=30, neutral=0.5)
        content["competencies"]["mass"] |= {"weight": 2.5, "first_tier": 2, "last_tier": 4}
        original = make_curriculum(institution, educator, content=content)
        file = json.loads(json.dumps(export_curriculum(original)))
        elsewhere = InstitutionFactory.create()
        taken_in = import_curriculum(institution=elsewhere, data=file, by=educator)
        assert (taken_in.name, taken_in.syllabus) == (original.name, original.syllabus)
        assert export_curriculum(taken_in) == file
        again = import_curriculum(institution=elsewhere, data=file, by=educator)
        assert again.name == f"{original.name} (2)"

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"format": "something"}, "format"),
            ({"schema": 2}, "schema"),
            ({"schema": None}, "schema"),
            ({"cohorts": [1]}, "cohorts"),
            ({"name": ""}, "name"),
            ({"name": 7}, "name"),
            ({"competencies": {"mass": {"weight": "much"}}}, "competencies"),
            ({"rule": {"neutral_probability": 0}}, "rule"),
            ({"rule": 3}, "rule"),
        ],
    )
    def test_what_is_wrong_with_a_file_is_said_by_field(
        self, institution: Institution, educator: User, change: dict[str, Any], field: str
    ) -> None:
        file = export_curriculum(make_curriculum(institution, educator)) | change
        with pytest.raises(CurriculumError) as refusal:
            import_curriculum(institution=institution, data=file, by=educator)
        assert list(refusal.value.errors) == [field]
        assert Curriculum.objects.count() == 1


class TestFollowing:
    def test_a_cohort_follows_one_and_its_residents_with_it(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        first = make_curriculum(institution, educator, name="First", cohorts=[cohort])
        assert find_followed(resident, institution=institution).name == "First"  # type: ignore[union-attr]
        second = make_curriculum(institution, educator, name="Second", cohorts=[cohort])
        assert not first.followed_by.exists()
        assert find_all_followed([resident.pk, educator.pk]).keys() == {resident.pk}
        assert find_followed(resident, institution=InstitutionFactory.create()) is None
        follow_curriculum(curriculum=second, cohorts=[])
        assert find_followed(resident) is None

    def test_cohorts_of_others_do_not(self, institution: Institution, educator: User) -> None:
        curriculum = make_curriculum(institution, educator)
        with pytest.raises(CurriculumError) as refusal:
            follow_curriculum(curriculum=curriculum, cohorts=[CohortFactory.create().pk])
        assert list(refusal.value.errors) == ["cohorts"]


class TestPractice:
    def test_only_what_is_trained_and_open_comes(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        content = make_content("mass", "characterisation")
        make_curriculum(institution, educator, content=content, cohorts=[cohort])
        make_case(kind="calcification_group", tier=1)
        make_case(kind="mass", tier=3)
        wanted = {make_case(kind="mass", tier=1).pk, make_case(kind=None, tier=1).pk}
        make_case(kind=None, tier=5)
        choices = [choose(resident, institution, seed=seed) for seed in range(20)]
        assert {choice.case.pk for choice in choices if choice} == wanted
        assert choices[0] is not None
        assert "First year" in tell_reason(choices[0].why)["mode"]

    def test_who_follows_none_or_chooses_otherwise_practises_as_before(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        make_curriculum(institution, educator, content=make_content("mass"), cohorts=[cohort])
        make_case(kind="calcification_group", tier=5)
        for reader, plan in ((educator, Plan()), (resident, Plan("finding", "calcification"))):
            choice = choose_case(
                reader=reader, seen_case_ids=frozenset(), institution=institution, plan=plan
            )
            assert choice is not None
            assert "First year" not in tell_reason(choice.why)["mode"]

    def test_an_able_reader_meets_the_next_tiers(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        make_curriculum(institution, educator, content=make_content("mass"), cohorts=[cohort])
        cases = {make_case(kind="mass", tier=tier).pk: tier for tier in (1, 5)}
        met = set()
        make_able(resident, "mass", 8.0)
        for seed in range(20):
            choice = choose(resident, institution, seed=seed)
            assert choice is not None
            met.add(cases.get(choice.case.pk))
        assert 5 in met

    def test_an_empty_tier_gives_the_nearest_and_says_so_afterwards(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        make_curriculum(institution, educator, content=make_content("mass"), cohorts=[cohort])
        harder = make_case(kind="mass", tier=4)
        choice = choose(resident, institution)
        assert choice is not None
        assert choice.case == harder
        told = tell_reason(choice.why)
        assert "open to you" in told["returning"]
        assert "tier" not in told["text"]

    def test_a_curriculum_with_nothing_to_read_gives_nothing_and_moves_nothing(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        make_curriculum(institution, educator, content=make_content("distortion"), cohorts=[cohort])
        make_case(kind="mass", tier=1)
        assert choose(resident, institution) is None
        session = start_session(reader=resident, institution=institution, mode="practice")
        with pytest.raises(NoCaseReadyError, match="First year"):
            next_assignment(session=session)
        assert not AbilityEstimate.objects.exists()

    def test_orders_follow_it(
        self, institution: Institution, educator: User, cohort: Cohort, resident: User
    ) -> None:
        content = make_content("calcification")
        content["competencies"]["calcification"]["first_tier"] = 4
        make_curriculum(institution, educator, content=content, cohorts=[cohort])
        make_case(kind=None)
        for seed in range(12):
            choose(resident, institution, seed=seed)
        specs = [CaseSpec.from_json(request.spec) for request in CaseRequest.objects.all()]
        lesions = [spec for spec in specs if any(lesion.actionable for lesion in spec.lesions)]
        assert lesions
        assert {
            lesion.kind for spec in lesions for lesion in spec.lesions if lesion.actionable
        } == {"calcification_group"}
        assert {spec.tier for spec in lesions} == {4}
