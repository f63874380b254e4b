"""The whole way of a reading through the API, as the browser goes it."""

import json
import uuid
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from cases.frames import decode_frame
from generation.vocabulary import VIEW_KEYS
from tests.factories.practice import (
    HEIGHT,
    LESION_X,
    LESION_Y,
    WIDTH,
    assign_case,
    make_answers,
    make_case,
    make_log,
    make_mark,
    read_case,
)
from trainer.accounts.models import User
from trainer.reading.models import Assignment

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


@pytest.fixture
def browser(api: SignIn, resident: User) -> APIClient:
    return api(resident)


def submission(assignment: str, **answers: object) -> dict[str, object]:
    return {
        "assignment": assignment,
        "key": str(uuid.uuid4()),
        "answers": make_answers(**answers),
        "log": make_log(),
    }


def test_from_the_first_button_to_the_feedback(browser: APIClient) -> None:
    make_case()
    session = browser.post("/api/sessions/", {"mode": "practice"}).json()
    assert (session["mode"], session["readings"], session["ended_at"]) == ("practice", 0, None)

    assignment = browser.post(f"/api/sessions/{session['id']}/next/").json()
    assert assignment["session"] == session["id"]
    assert [view["key"] for view in assignment["case"]["views"]] == list(VIEW_KEYS)
    view = assignment["case"]["views"][0]
    frame = browser.get(view["frame"]["url"])
    data = b"".join(frame.streaming_content)
    assert len(data) == view["frame"]["bytes"]
    assert decode_frame(data, width=WIDTH, height=HEIGHT).shape == (HEIGHT, WIDTH)
    assert browser.get(view["preview_url"]).status_code == 200

    body = {"answers": make_answers(density=None, recall=None), "revision": 0}
    saved = browser.put(f"/api/assignments/{assignment['id']}/draft/", body).json()
    assert saved["revision"] == 1
    again = browser.get(f"/api/assignments/{assignment['id']}/").json()
    assert again["draft"]["answers"] == body["answers"]
    assert again["reading"] is None

    answers = make_answers()
    response = browser.post("/api/readings/", {**submission(assignment["id"]), "answers": answers})
    assert response.status_code == 201
    feedback = response.json()
    assert feedback["answers"] == answers
    assert feedback["score"]["recall_correct"] is True
    assert feedback["score"]["lesions"][0]["hit"] is True
    finding = feedback["truth"]["findings"][0]
    assert (finding["id"], finding["label"], finding["assessment"]) == ("f1", "Mass", "4C")
    assert {view["key"] for view in finding["views"]} == {"left_cc", "left_mlo"}
    assert finding["views"][0]["centre"] == [LESION_X, LESION_Y]
    assert set(feedback["base_frames"]) == {"left_cc", "left_mlo"}
    base = browser.get(feedback["base_frames"]["left_cc"]["url"])
    assert base.status_code == 200
    assert len(b"".join(base.streaming_content)) == feedback["base_frames"]["left_cc"]["bytes"]
    change = {each["competency"]: each for each in feedback["abilities"]}["mass"]
    assert change["after"]["mean"] > change["before"]["mean"]
    assert (change["n"], change["enough"]) == (1, False)
    assert feedback["next"]["text"]

    assert browser.get(f"/api/readings/{feedback['reading']}/feedback/").json() == feedback
    read = browser.get(f"/api/assignments/{assignment['id']}/").json()
    assert read["reading"] == feedback["reading"]
    assert read["why"]["competency"]
    listed = browser.get("/api/readings/").json()
    assert listed["count"] == 1
    assert listed["results"][0]["recall_correct"] is True
    ended = browser.post(f"/api/sessions/{session['id']}/end/").json()
    assert ended["readings"] == 1
    assert ended["ended_at"]


def test_repeating_a_submit_gives_the_same_feedback(browser: APIClient, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    body = submission(str(assignment.pk))
    first = browser.post("/api/readings/", body)
    again = browser.post("/api/readings/", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


def test_second_submit_with_another_key_conflicts(browser: APIClient, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    browser.post("/api/readings/", submission(str(assignment.pk)))
    response = browser.post("/api/readings/", submission(str(assignment.pk)))
    assert response.status_code == 409
    assert response.json()["code"] == "already_read"


def test_a_reading_is_begun_from_its_first_draft_until_it_is_handed_in(
    browser: APIClient, resident: User
) -> None:
    assignment = assign_case(resident, make_case())

    def begun() -> bool:
        told: str | None = browser.get("/api/me/").json()["reading_begun"]
        assert told in (None, str(assignment.pk))
        return told is not None

    assert begun() is False, "given is not begun"
    draft = {"answers": make_answers(), "revision": 0}
    browser.put(f"/api/assignments/{assignment.pk}/draft/", draft)
    assert begun() is True
    browser.post("/api/readings/", submission(str(assignment.pk)))
    assert begun() is False


def test_stale_draft_comes_back_with_the_newer_one(browser: APIClient, resident: User) -> None:
    path = f"/api/assignments/{assign_case(resident, make_case()).pk}/draft/"
    newer = make_answers(density="D")
    browser.put(path, {"answers": newer, "revision": 0})
    response = browser.put(path, {"answers": make_answers(), "revision": 0})
    assert response.status_code == 409
    assert response.json()["code"] == "stale_draft"
    assert response.json()["draft"]["answers"] == newer
    assert response.json()["draft"]["revision"] == 1


def test_draft_after_submitting_conflicts(browser: APIClient, resident: User) -> None:
    reading = read_case(resident, make_case())
    response = browser.put(
        f"/api/assignments/{reading.assignment_id}/draft/",
        {"answers": make_answers(), "revision": 0},
    )
    assert response.status_code == 409
    assert response.json()["code"] == "already_read"


def test_no_case_ready_is_told(browser: APIClient) -> None:
    session = browser.post("/api/sessions/", {"mode": "practice"}).json()
    response = browser.post(f"/api/sessions/{session['id']}/next/")
    assert response.status_code == 409
    assert response.json()["code"] == "no_case_ready"


def test_ended_session_gives_no_case(browser: APIClient) -> None:
    session = browser.post("/api/sessions/", {"mode": "practice"}).json()
    browser.post(f"/api/sessions/{session['id']}/end/")
    response = browser.post(f"/api/sessions/{session['id']}/next/")
    assert response.status_code == 409
    assert response.json()["code"] == "session_ended"


def test_marks_may_carry_links_and_dismissals(browser: APIClient, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    first = make_mark()
    linked = make_mark(view="left_mlo", link=first["id"])
    dismissed = make_mark(
        view="right_cc", suspicious=False, descriptors={"dismissal_reason": "vessel"}
    )
    response = browser.post(
        "/api/readings/", submission(str(assignment.pk), marks=[first, linked, dismissed])
    )
    outcomes = [mark["outcome"] for mark in response.json()["score"]["marks"]]
    assert outcomes == ["hit", "hit", "neutral"]


def test_frames_may_be_kept_by_the_browser_alone(browser: APIClient, resident: User) -> None:
    case = make_case()
    assign_case(resident, case)
    view = case.views.all()[0]
    response = browser.get(f"/api/frames/{view.frame_sha256}/", {"case": str(case.pk)})
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_stored_answers_are_what_was_sent(browser: APIClient, resident: User) -> None:
    assignment = assign_case(resident, make_case())
    body = submission(str(assignment.pk))
    browser.post("/api/readings/", body)
    stored = Assignment.objects.get(pk=assignment.pk).reading
    assert stored.answers == json.loads(json.dumps(body["answers"]))
    assert stored.log == body["log"]


def test_who_left_the_institution_gets_no_more_of_its_cases(api: SignIn, resident: User) -> None:
    browser = api(resident)
    make_case()
    session = browser.post("/api/sessions/", {"mode": "practice"}).json()
    resident.memberships.all().delete()
    response = browser.post(f"/api/sessions/{session['id']}/next/")
    assert response.status_code == 403
    assert not Assignment.objects.exists()
