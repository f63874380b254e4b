"""The truth of a case is not to be had before the reading is in, by nobody it is not for."""

import uuid
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from cases.models import Case
from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.practice import assign_case, make_answers, make_case, make_log, read_case
from trainer.accounts.models import Role, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]

# Keys of the truth anywhere in an answer, and what the case at hand holds.
TELLING = (
    "findings", "finding", "outlines", "truth", "positive", "dprime", "mask", "base", "teaching",
    "pathology", "malignant", "spiculated", "irregular", "tier", "spec", "seed",
    '"mass"', "0.80123",
)  # fmt: skip


def base_url(case: Case) -> str:
    view = case.views.exclude(base_frame_sha256=None).exclude(base_frame_sha256="")[0]
    return f"/api/frames/{view.base_frame_sha256}/?case={case.pk}"


def frame_url(case: Case) -> str:
    view = case.views.exclude(base_frame_sha256=None).exclude(base_frame_sha256="")[0]
    return f"/api/frames/{view.frame_sha256}/?case={case.pk}"


def test_nothing_of_the_truth_is_told_before_the_reading(api: SignIn, resident: User) -> None:
    case = make_case()
    assignment = assign_case(resident, case)
    browser = api(resident)
    browser.put(
        f"/api/assignments/{assignment.pk}/draft/",
        {"answers": make_answers(density=None, recall=None, marks=[]), "revision": 0},
    )
    session = assignment.session_id
    for response in (
        browser.get(f"/api/assignments/{assignment.pk}/"),
        browser.post(f"/api/sessions/{session}/next/"),
        browser.post("/api/sessions/", {"mode": "practice"}),
        browser.get("/api/readings/"),
    ):
        assert response.status_code == 200
        text = response.content.decode()
        assert [word for word in TELLING if word in text] == []


def test_refused_submits_tell_nothing(api: SignIn, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    answers = make_answers(density=None, recall=None, marks=[])
    sent = {"assignment": str(assignment.pk), "key": str(uuid.uuid4())}
    response = api(resident).post("/api/readings/", {**sent, "answers": answers, "log": make_log()})
    assert response.status_code == 400
    assert set(response.json()) == {"density", "recall"}


def test_base_frames_open_with_the_reading_only(api: SignIn, resident: User) -> None:
    case = make_case()
    browser = api(resident)
    assert browser.get(frame_url(case)).status_code == 404
    assert browser.get(base_url(case)).status_code == 404
    assign_case(resident, case)
    assert browser.get(frame_url(case)).status_code == 200
    assert browser.get(base_url(case)).status_code == 404
    read = make_case()
    read_case(resident, read)
    assert browser.get(base_url(read)).status_code == 200


def test_one_read_case_does_not_open_anothers_base(api: SignIn, resident: User) -> None:
    unread, read = make_case(), make_case()
    assign_case(resident, unread)
    read_case(resident, read)
    sha256 = base_url(unread).split("/")[3]
    assert api(resident).get(f"/api/frames/{sha256}/?case={read.pk}").status_code == 404


def test_educators_of_the_institution_see_all_frames(
    api: SignIn, educator: User, resident: User
) -> None:
    own = make_case(institution=educator.memberships.get().institution)
    foreign = make_case(institution=InstitutionFactory.create())
    shared = make_case()
    for url in (frame_url, base_url):
        assert api(educator).get(url(own)).status_code == 200
        assert api(educator).get(url(shared)).status_code == 200
        assert api(educator).get(url(foreign)).status_code == 404
        assert api(resident).get(url(own)).status_code == 404


def test_what_is_anothers_is_not_there(api: SignIn, resident: User, educator: User) -> None:
    colleague = MembershipFactory.create(
        institution=resident.memberships.get().institution, role=Role.RESIDENT
    ).user
    reading = read_case(resident, make_case())
    assignment = assign_case(resident, make_case())
    draft = {"answers": make_answers(), "revision": 0}
    key = str(uuid.uuid4())
    sent = {"assignment": str(assignment.pk), "key": key, "answers": make_answers()}
    for person in (colleague, educator):
        browser = api(person)
        for response in (
            browser.get(f"/api/assignments/{assignment.pk}/"),
            browser.put(f"/api/assignments/{assignment.pk}/draft/", draft),
            browser.post("/api/readings/", {**sent, "log": make_log()}),
            browser.post(f"/api/sessions/{assignment.session_id}/next/"),
            browser.post(f"/api/sessions/{assignment.session_id}/end/"),
            browser.get(f"/api/readings/{reading.pk}/feedback/"),
        ):
            assert response.status_code == 404
        assert browser.get("/api/readings/").json()["count"] == 0
    assert api(colleague).get(frame_url(assignment.case)).status_code == 404
    preview = f"/api/previews/{assignment.case_id}/left_cc/"
    assert api(colleague).get(preview).status_code == 404
    assert api(resident).get(preview).status_code == 200


PATHS = [
    "/api/me/", "/api/vocabulary/", "/api/readings/", "/api/progress/", "/api/cohorts/",
    "/api/people/", "/api/case-reports/", "/api/case-requests/", "/api/schema/",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_told_without_signing_in(api: SignIn, db: None, path: str) -> None:
    response = api().get(path)
    assert response.status_code == 403
    assert response.data["code"] == "not_authenticated"


def test_changes_need_the_csrf_token(api: SignIn, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    browser = api(resident, csrf=True)
    draft = {"answers": make_answers(), "revision": 0}
    path = f"/api/assignments/{assignment.pk}/draft/"
    for response in (
        browser.put(path, draft),
        browser.post("/api/sessions/", {"mode": "practice"}),
        browser.patch("/api/me/", {"tutorial_done": True}),
        browser.post("/api/readings/", {}),
    ):
        assert response.status_code == 403
        assert "CSRF" in response.json()["detail"]
    browser.cookies["csrftoken"] = token = "a" * 32
    assert browser.put(path, draft, headers={"X-CSRFToken": token}).status_code == 200


def test_a_person_who_was_closed_out_is_out_at_once(api: SignIn, resident: User) -> None:
    browser = api(resident)
    assert browser.get("/api/me/").status_code == 200
    resident.is_active = False
    resident.save(update_fields=["is_active"])
    assert browser.get("/api/me/").status_code == 403
