"""Bad input is a 4xx that names its fields, and nothing is half-written."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from tests.factories.practice import assign_case, make_answers, make_case, make_log, make_mark
from trainer.accounts.models import User
from trainer.learning.models import AbilityEstimate
from trainer.reading.models import Assignment, Draft, Mark, Reading, Score

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


@pytest.fixture
def browser(api: SignIn, resident: User) -> APIClient:
    return api(resident)


@pytest.fixture
def assignment(resident: User) -> Assignment:
    return assign_case(resident, make_case())


@pytest.fixture(autouse=True)
def nothing_is_written(db: None) -> Any:
    yield
    written = [row.objects.count() for row in (Reading, Mark, Score, AbilityEstimate, Draft)]
    assert written == [0, 0, 0, 0, 0]


def body(to_read: Assignment, **fields: Any) -> dict[str, Any]:
    return {
        "assignment": str(to_read.pk),
        "key": str(uuid.uuid4()),
        "answers": make_answers(),
        "log": make_log(),
        **fields,
    }


def follow(found: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        found = found[step]
    return found


WRONG_ANSWERS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"marks": [make_mark(x=-1.0)]}, ("marks", "0", "x")),
    ({"marks": [make_mark(y=1e9)]}, ("marks", "0", "y")),
    ({"marks": [make_mark(x="left")]}, ("marks", "0", "x")),
    ({"marks": [make_mark(x="NaN")]}, ("marks", "0", "x")),
    ({"marks": [make_mark(x=True)]}, ("marks", "0", "x")),
    ({"marks": [make_mark(x=None)]}, ("marks", "0", "x")),
    ({"marks": [make_mark(rating=101)]}, ("marks", "0", "rating")),
    ({"marks": [make_mark(rating=-1)]}, ("marks", "0", "rating")),
    ({"marks": [make_mark(view="middle_cc")]}, ("marks", "0", "view")),
    ({"marks": [make_mark(kind="unicorn")]}, ("marks", "0", "kind")),
    ({"marks": [make_mark(kind=None)]}, ("marks", "0", "kind")),
    ({"marks": [make_mark(descriptors={"shape": "hexagonal"})]}, ("marks", "0", "descriptors")),
    ({"marks": [make_mark(descriptors={"x" * 99: "y"})]}, ("marks", "0", "descriptors")),
    ({"marks": [make_mark(descriptors=["oval"])]}, ("marks", "0", "descriptors")),
    ({"marks": [make_mark(id="first")]}, ("marks", "0", "id")),
    ({"marks": [make_mark(link=str(uuid.uuid4()))]}, ("marks", "0", "link")),
    ({"marks": [make_mark(suspicious="perhaps")]}, ("marks", "0", "suspicious")),
    ({"marks": [make_mark() for _ in range(101)]}, ("marks",)),
    ({"marks": "none"}, ("marks",)),
    ({"density": "E"}, ("density",)),
    ({"density": None}, ("density",)),
    ({"recall": None}, ("recall",)),
    ({"recall": False}, ("recall",)),
    ({"breasts": {"left": {"assessment": "4"}}}, ("breasts", "right")),
    (
        {"breasts": {"left": {"assessment": "6"}, "right": {"assessment": "1"}}},
        ("breasts", "left", "assessment"),
    ),
    (
        {"breasts": {"left": {"assessment": None}, "right": {"assessment": "1"}}},
        ("breasts", "left", "assessment"),
    ),
    ({"breasts": {"left": {"assessment": "1"}, "right": {"assessment": "2"}}}, ("recall",)),
]


@pytest.mark.parametrize(("fields", "path"), WRONG_ANSWERS)
def test_wrong_answers_name_their_field(
    browser: APIClient, assignment: Assignment, fields: dict[str, Any], path: tuple[str, ...]
) -> None:
    sent = body(assignment, answers=make_answers(**fields))
    response = browser.post("/api/readings/", sent)
    assert response.status_code == 400
    assert follow(response.json(), path)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" + "0" * 400])
def test_numbers_that_are_none_are_refused(
    browser: APIClient, assignment: Assignment, number: str
) -> None:
    marked = make_answers(marks=[make_mark(x=123456.0)])
    text = APIClient()._encode_data(body(assignment, answers=marked), "json")[0].decode()
    sent = text.replace("123456.0", number)
    assert number in sent
    for path in ("/api/readings/", f"/api/assignments/{assignment.pk}/draft/"):
        method = browser.post if path.endswith("readings/") else browser.put
        response = method(path, sent, content_type="application/json")
        assert response.status_code == 400


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"assignment": "mine"}, "assignment"),
        ({"assignment": None}, "assignment"),
        ({"key": ""}, "key"),
        ({"answers": []}, "answers"),
        ({"answers": None}, "answers"),
        ({"log": {"views": {}, "total_ms": -1}}, "log"),
        ({"log": {"views": {"nose": {"dwell_ms": 1, "seen_1to1": 0}}, "total_ms": 1}}, "log"),
        ({"log": {"views": {"left_cc": {"dwell_ms": 1, "seen_1to1": 2}}, "total_ms": 1}}, "log"),
        ({"log": "long"}, "log"),
    ],
)
def test_wrong_shapes_name_their_field(
    browser: APIClient, assignment: Assignment, fields: dict[str, Any], name: str
) -> None:
    response = browser.post("/api/readings/", body(assignment, **fields))
    assert response.status_code == 400
    assert name in response.json()


@pytest.mark.parametrize("missing", ["assignment", "key", "answers", "log"])
def test_missing_parts_are_named(browser: APIClient, assignment: Assignment, missing: str) -> None:
    sent = body(assignment)
    del sent[missing]
    response = browser.post("/api/readings/", sent)
    assert response.status_code == 400
    assert missing in response.json()


@pytest.mark.parametrize("sent", ["", "{", "[]", "null", '"text"', "\x00", "[[" * 5000])
def test_bodies_that_are_no_reading_are_refused(browser: APIClient, sent: str) -> None:
    response = browser.post("/api/readings/", sent, content_type="application/json")
    assert response.status_code == 400


@pytest.mark.parametrize("sent", ['{"mode": "\\ud800"}', '{"\\udfff": 1}', '[["\\udc00"]]'])
def test_half_a_character_is_refused_and_not_repeated(browser: APIClient, sent: str) -> None:
    response = browser.post("/api/sessions/", sent, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["code"] == "parse_error"


def test_other_content_types_are_refused(browser: APIClient) -> None:
    response = browser.post("/api/readings/", "a=b", content_type="text/plain")
    assert response.status_code == 415


def test_oversized_bodies_are_refused_unread(browser: APIClient, assignment: Assignment) -> None:
    sent = body(assignment, log={**make_log(), "padding": "x" * 300_000})
    for response in (
        browser.post("/api/readings/", sent),
        browser.put(f"/api/assignments/{assignment.pk}/draft/", sent),
        browser.post("/api/sessions/", sent),
    ):
        assert response.status_code == 413
        assert response.json()["code"] == "too_large"


def test_a_case_that_was_not_assigned_is_not_there(
    browser: APIClient, assignment: Assignment, educator: User
) -> None:
    for stranger in (uuid.uuid4(), assign_case(educator, make_case()).pk):
        response = browser.post("/api/readings/", body(assignment, assignment=str(stranger)))
        assert response.status_code == 404


def test_a_withdrawn_case_is_gone(browser: APIClient, assignment: Assignment) -> None:
    assignment.case.withdrawn_at = timezone.now()
    assignment.case.save(update_fields=["withdrawn_at"])
    draft = {"answers": make_answers(), "revision": 0}
    for response in (
        browser.get(f"/api/assignments/{assignment.pk}/"),
        browser.put(f"/api/assignments/{assignment.pk}/draft/", draft),
        browser.post("/api/readings/", body(assignment)),
    ):
        assert response.status_code == 410
        assert response.json()["code"] == "case_withdrawn"
    sha256 = assignment.case.views.all()[0].frame_sha256
    assert browser.get(f"/api/frames/{sha256}/?case={assignment.case_id}").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [
        {"revision": -1},
        {"revision": 2**40},
        {"revision": None},
        {"answers": None},
        {"answers": make_answers(marks=[make_mark(x=-9)])},
        {"answers": make_answers(marks=[make_mark(kind="unicorn")])},
        {"answers": make_answers(marks=[make_mark(kind=None, descriptors={"a\x00b": "c"})])},
    ],
)
def test_wrong_drafts_are_refused(
    browser: APIClient, assignment: Assignment, fields: dict[str, Any]
) -> None:
    sent = {"answers": make_answers(), "revision": 0, **fields}
    response = browser.put(f"/api/assignments/{assignment.pk}/draft/", sent)
    assert response.status_code == 400
    assert set(response.json()) <= {"revision", "answers", "marks"}


@pytest.mark.parametrize(
    "sent", [{}, {"mode": "exam"}, {"mode": None}, {"mode": "practice", "institution": "x"}]
)
def test_unknown_modes_are_refused(browser: APIClient, sent: dict[str, Any]) -> None:
    assert browser.post("/api/sessions/", sent).status_code == 400


@pytest.mark.parametrize("case", ["", "x", "1", "\x00"])
def test_frames_need_the_id_of_a_case(browser: APIClient, case: str) -> None:
    response = browser.get("/api/frames/" + "a" * 64 + "/", {"case": case})
    assert response.status_code == 400
    assert "case" in response.json()
