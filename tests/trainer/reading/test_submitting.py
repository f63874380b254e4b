import uuid
from typing import Any

import pytest
from django.utils import timezone

from cases.models import Case, FindingView
from tests.factories.practice import (
    FAR_X,
    FAR_Y,
    LESION_X,
    assign_case,
    make_answers,
    make_case,
    make_log,
    make_mark,
    read_case,
)
from trainer.accounts.models import User
from trainer.learning.models import AbilityEstimate
from trainer.measure.scoring import METHOD_VERSION
from trainer.reading.domain import readings as submitting
from trainer.reading.domain.drafts import save_draft
from trainer.reading.domain.readings import Submission, submit_reading
from trainer.reading.errors import AlreadyReadError, CaseWithdrawnError, InvalidAnswersError
from trainer.reading.models import Assignment, Draft, Mark, Reading, Score

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(resident: User) -> Assignment:
    return assign_case(resident, make_case())


def submit(assignment: Assignment, key: uuid.UUID | None = None, **answers: Any) -> Submission:
    return submit_reading(
        assignment=assignment,
        key=key or uuid.uuid4(),
        answers=make_answers(**answers),
        log=make_log(),
    )


def written() -> list[int]:
    return [model.objects.count() for model in (Reading, Mark, Score, AbilityEstimate)]


def test_a_reading_is_stored_scored_and_learnt_from(assignment: Assignment) -> None:
    save_draft(assignment=assignment, answers=make_answers(), revision=0)
    submission = submit(assignment)
    assert submission.created
    assert written() == [1, 1, 1, 1]
    score = Score.objects.get()
    assert score.method_version == METHOD_VERSION
    assert score.result["recall_correct"]
    assert score.result["density_correct"]
    assert [lesion["hit"] for lesion in score.result["lesions"]] == [True]
    assert score.result["case_rating"] == 80
    mark = Mark.objects.get()
    assert (mark.x, mark.view, mark.rating, mark.suspicious) == (LESION_X, "left_cc", 80, True)
    assert AbilityEstimate.objects.get().source == submission.reading.pk
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("x", "y", "outcome"),
    [
        (LESION_X, 140.0, "hit"),
        (LESION_X + 20 + 49.0, 140.0, "hit"),
        (LESION_X + 20 + 52.0, 140.0, "false_positive"),
        (FAR_X, FAR_Y, "false_positive"),
    ],
)
def test_marks_hit_up_to_five_millimetres_from_the_mask(
    assignment: Assignment, x: float, y: float, outcome: str
) -> None:
    submit(assignment, marks=[make_mark(x=x, y=y)])
    result = Score.objects.get().result
    assert [mark["outcome"] for mark in result["marks"]] == [outcome]
    assert result["lesions"][0]["hit"] == (outcome == "hit")


@pytest.mark.parametrize("seen_elsewhere", [True, False])
def test_a_mark_on_the_mask_hits_also_where_the_view_hardly_shows_it(
    assignment: Assignment, seen_elsewhere: bool
) -> None:
    shown = FindingView.objects.filter(finding__case=assignment.case)
    hidden = shown.filter(key="left_mlo") if seen_elsewhere else shown
    hidden.update(visible=False)
    submit(assignment, marks=[make_mark(view="left_mlo")])
    result = Score.objects.get().result
    assert [mark["outcome"] for mark in result["marks"]] == ["hit"]
    asked = {item["key"] for item in result["items"]}
    assert ("lesion_found:f1" in asked) == seen_elsewhere
    assert {"no_false_mark", "density"} <= asked


def test_second_mark_on_a_lesion_and_a_dismissed_mark_cost_nothing(
    assignment: Assignment,
) -> None:
    marks = [make_mark(), make_mark(x=LESION_X + 5.0), make_mark(x=FAR_X, suspicious=False)]
    submit(assignment, marks=marks)
    outcomes = [mark["outcome"] for mark in Score.objects.get().result["marks"]]
    assert outcomes == ["hit", "duplicate", "neutral"]
    assert Score.objects.get().result["false_marks"] == 0


def test_a_normal_case_left_alone_is_right(resident: User) -> None:
    breasts = {"left": {"assessment": "1"}, "right": {"assessment": "2"}}
    read_case(resident, make_case(lesion=False), breasts=breasts, recall=False, marks=[])
    result = Score.objects.get().result
    assert result["recall_correct"]
    assert not result["positive"]
    assert result["case_rating"] is None
    assert all(item["correct"] for item in result["items"])


def test_the_same_key_again_gives_the_same_reading(assignment: Assignment) -> None:
    key = uuid.uuid4()
    first = submit(assignment, key)
    again = submit(assignment, key, density="D")
    assert again.reading == first.reading
    assert not again.created
    assert again.reading.answers["density"] == "B"
    assert written() == [1, 1, 1, 1]


def test_another_key_for_a_read_case_is_refused(assignment: Assignment) -> None:
    submit(assignment)
    with pytest.raises(AlreadyReadError):
        submit(assignment)
    assert written() == [1, 1, 1, 1]


def test_a_key_serves_one_reading_only(assignment: Assignment, resident: User) -> None:
    key = uuid.uuid4()
    submit(assignment, key)
    with pytest.raises(InvalidAnswersError) as caught:
        submit(assign_case(resident, make_case()), key)
    assert "key" in caught.value.errors
    assert written() == [1, 1, 1, 1]


def test_a_key_used_at_the_same_moment_is_refused_like_one_used_before(
    assignment: Assignment, resident: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, other = uuid.uuid4(), assign_case(resident, make_case())
    look, looks = submitting._earlier_submission, 0

    def look_and_be_overtaken(wanted: Assignment, key: uuid.UUID) -> Submission | None:
        nonlocal looks
        looks += 1
        found = look(wanted, key)
        if looks == 2:  # the last look before the reading is stored
            Reading.objects.create(
                assignment=other, key=key, answers={}, submitted_at=timezone.now()
            )
        return found

    monkeypatch.setattr(submitting, "_earlier_submission", look_and_be_overtaken)
    with pytest.raises(InvalidAnswersError) as caught:
        submit(assignment, key)
    assert caught.value.errors == {"key": ["This key was used for another reading."]}
    assert looks == 3
    assert not Reading.objects.filter(assignment=assignment).exists()
    assert not Score.objects.exists()


@pytest.mark.parametrize(
    "answers",
    [
        {"density": None},
        {"recall": False},
        {"marks": [make_mark(), make_mark(x=-3)]},
        {"marks": [make_mark(kind="unicorn")]},
    ],
)
def test_refused_answers_write_nothing(assignment: Assignment, answers: dict[str, Any]) -> None:
    save_draft(assignment=assignment, answers=make_answers(), revision=0)
    with pytest.raises(InvalidAnswersError):
        submit(assignment, **answers)
    assert written() == [0, 0, 0, 0]
    assert Draft.objects.exists()


def test_a_failure_on_the_way_writes_nothing(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("the disk is full")

    save_draft(assignment=assignment, answers=make_answers(), revision=0)
    monkeypatch.setattr(submitting, "record_answers", fail)
    with pytest.raises(RuntimeError):
        submit(assignment)
    assert written() == [0, 0, 0, 0]
    assert Draft.objects.exists()


def test_a_withdrawn_case_cannot_be_read_any_more(assignment: Assignment) -> None:
    assignment.case.withdrawn_at = timezone.now()
    assignment.case.save(update_fields=["withdrawn_at"])
    with pytest.raises(CaseWithdrawnError):
        submit(assignment)
    assert written() == [0, 0, 0, 0]


def test_a_case_withdrawn_while_it_is_handed_in_moves_no_ability(assignment: Assignment) -> None:
    """The page has the case as it was; the library has taken it back since."""
    assert assignment.case.withdrawn_at is None
    Case.objects.filter(pk=assignment.case_id).update(withdrawn_at=timezone.now())
    with pytest.raises(CaseWithdrawnError, match="withdrawn by an educator"):
        submit(assignment)
    assert written() == [0, 0, 0, 0]


def test_a_reading_stays_when_its_case_is_withdrawn_later(assignment: Assignment) -> None:
    key = uuid.uuid4()
    first = submit(assignment, key)
    assignment.case.withdrawn_at = timezone.now()
    assignment.case.save(update_fields=["withdrawn_at"])
    assert submit(assignment, key).reading == first.reading


def test_each_reading_builds_on_the_ability_before(resident: User) -> None:
    read_case(resident, make_case())
    read_case(resident, make_case(), marks=[])
    first, second = AbilityEstimate.objects.order_by("pk")
    place = first.competencies.index("mass")
    assert first.mean[place] > 0
    assert second.mean[place] < first.mean[place]
    assert second.counts["mass"] == 2
