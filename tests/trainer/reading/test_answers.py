import uuid
from typing import Any

import pytest

from cases.models import Case
from tests.factories.practice import HEIGHT, WIDTH, make_answers, make_case, make_mark
from trainer.reading.answers import check_complete, check_draft
from trainer.reading.errors import InvalidAnswersError

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case()


def errors_of(case: Case, **answers: Any) -> dict[str, Any]:
    with pytest.raises(InvalidAnswersError) as caught:
        check_complete(make_answers(**answers), case)
    return caught.value.errors


def assess(left: str | None, right: str | None) -> dict[str, Any]:
    return {"left": {"assessment": left}, "right": {"assessment": right}}


@pytest.mark.parametrize(
    ("left", "right", "allowed"),
    [
        ("1", "1", {False}),
        ("1", "2", {False}),
        ("2", "2", {False}),
        ("3", "1", {True, False}),
        ("2", "3", {True, False}),
        ("3", "3", {True, False}),
        ("0", "1", {True}),
        ("2", "4", {True}),
        ("5", "3", {True}),
        ("4", "4", {True}),
    ],
)
@pytest.mark.parametrize("recall", [True, False])
def test_recall_must_agree_with_the_assessments(
    case: Case, left: str, right: str, allowed: set[bool], recall: bool
) -> None:
    answers = make_answers(breasts=assess(left, right), recall=recall)
    if recall in allowed:
        check_complete(answers, case)
        return
    assert list(errors_of(case, breasts=assess(left, right), recall=recall)) == ["recall"]


def test_submitting_needs_every_answer(case: Case) -> None:
    errors = errors_of(case, density=None, breasts=assess(None, "1"), recall=None)
    assert set(errors) == {"density", "breasts", "recall"}
    assert set(errors["breasts"]) == {"left"}


def test_a_draft_may_be_unfinished_and_contradictory(case: Case) -> None:
    unfinished = make_answers(density=None, breasts=assess(None, None), recall=None)
    check_draft(unfinished, case)
    check_draft(make_answers(breasts=assess("1", "1"), recall=True), case)
    check_draft(make_answers(marks=[make_mark(kind=None, descriptors={})]), case)


@pytest.mark.parametrize(
    ("x", "y", "wrong"),
    [
        (-0.51, 0, {"x"}),
        (WIDTH - 0.49, 0, {"x"}),
        (0, -1, {"y"}),
        (0, HEIGHT, {"y"}),
        (1e12, -1e12, {"x", "y"}),
        (float("nan"), 5, {"x"}),
        (5, float("inf"), {"y"}),
    ],
)
def test_marks_outside_the_image_name_their_axis(
    case: Case, x: float, y: float, wrong: set[str]
) -> None:
    errors = errors_of(case, marks=[make_mark(), make_mark(x=x, y=y)])
    assert set(errors["marks"]) == {"1"}
    assert set(errors["marks"]["1"]) == wrong


@pytest.mark.parametrize(
    ("x", "y"), [(-0.5, -0.5), (0, 0), (WIDTH - 0.5, HEIGHT - 0.5), (WIDTH - 1, HEIGHT - 1)]
)
def test_marks_on_the_very_edge_are_inside(case: Case, x: float, y: float) -> None:
    check_complete(make_answers(marks=[make_mark(x=x, y=y)]), case)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"kind": "unicorn"}, ("kind",)),
        ({"kind": None}, ("kind",)),
        ({"descriptors": {"shape": "hexagonal"}}, ("descriptors", "shape")),
        ({"descriptors": {"colour": "red"}}, ("descriptors", "colour")),
        ({"descriptors": {"morphology": "round"}}, ("descriptors", "morphology")),
        ({"descriptors": {"dismissal_reason": "vessel"}}, ("descriptors", "dismissal_reason")),
        (
            {"suspicious": False, "descriptors": {"dismissal_reason": "boredom"}},
            ("descriptors", "dismissal_reason"),
        ),
        ({"view": "left_ml"}, ("view",)),
        ({"link": str(uuid.uuid4())}, ("link",)),
    ],
)
def test_unknown_words_name_their_field(
    case: Case, fields: dict[str, Any], path: tuple[str, ...]
) -> None:
    found = errors_of(case, marks=[make_mark(**fields)])["marks"]["0"]
    for step in path:
        found = found[step]
    assert found
    assert all(isinstance(message, str) for message in found)


def test_a_dismissed_mark_may_say_why(case: Case) -> None:
    mark = make_mark(suspicious=False, descriptors={"dismissal_reason": "vessel"})
    check_complete(make_answers(marks=[mark]), case)


def test_links_join_the_two_views_of_one_breast(case: Case) -> None:
    first = make_mark()
    other = make_mark(view="left_mlo", link=first["id"])
    check_complete(make_answers(marks=[first, other]), case)
    for view in ("left_cc", "right_mlo"):
        errors = errors_of(case, marks=[first, {**other, "view": view}])
        assert set(errors["marks"]["1"]) == {"link"}


def test_two_marks_cannot_share_an_id(case: Case) -> None:
    mark = make_mark()
    errors = errors_of(case, marks=[mark, {**mark, "x": 3.0}])
    assert "id" in str(errors["marks"])
