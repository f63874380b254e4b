"""Ways of practising: what is on is said, nothing of the answer is, and figures stay apart."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from tests.factories.practice import make_answers, make_case, make_log
from trainer.accounts.models import User
from trainer.learning.plans import Plan
from trainer.reading.domain.sessions import IDLE_AFTER
from trainer.reading.models import Assignment, Draft, Session

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


@pytest.fixture
def browser(api: SignIn, resident: User) -> APIClient:
    return api(resident)


def start(browser: APIClient, **wanted: object) -> dict[str, str]:
    response = browser.post("/api/sessions/", {"mode": "practice", **wanted})
    assert response.status_code == 200, response.json()
    started: dict[str, str] = response.json()
    return started


def read_next(browser: APIClient, session: dict[str, str]) -> dict[str, object]:
    assignment = browser.post(f"/api/sessions/{session['id']}/next/").json()
    body = {
        "assignment": assignment["id"],
        "key": assignment["id"],
        "answers": make_answers(),
        "log": make_log(),
    }
    assert browser.post("/api/readings/", body).status_code == 201
    told: dict[str, object] = assignment
    return told


def test_what_is_on_is_said_before_the_reading_and_what_it_was_for_after(
    browser: APIClient,
) -> None:
    make_case()
    make_case(lesion=False)
    session = start(browser, focus="finding", finding="mass")
    assert session["label"] == "Practice by finding: masses among normals"
    assignment = browser.post(f"/api/sessions/{session['id']}/next/").json()
    assert assignment["why"]["mode"] == session["label"]
    assert assignment["why"]["competency"] is None
    assert assignment["why"]["returning"] is None


def test_practice_goes_on_with_its_focus_until_another_is_chosen(browser: APIClient) -> None:
    first = start(browser, focus="tier", tier=4)
    assert start(browser)["label"] == first["label"] == "Practice of tier 4"
    again = start(browser, focus="adaptive")
    assert (again["id"], again["label"]) == (first["id"], "Adaptive practice")


def idle_out() -> None:
    long_ago = timezone.now() - IDLE_AFTER - timedelta(minutes=1)
    Session.objects.update(started_at=long_ago)
    Assignment.objects.update(assigned_at=long_ago)
    Draft.objects.update(updated_at=long_ago)


def test_practice_left_alone_goes_on_as_it_was(browser: APIClient) -> None:
    first = start(browser, focus="finding", finding="calcification")
    idle_out()
    again = start(browser)
    assert again["id"] != first["id"]
    assert again["label"] == first["label"]
    idle_out()
    assert start(browser, focus="adaptive")["label"] == "Adaptive practice"


def begin(browser: APIClient, **wanted: object) -> str:
    assignment: str = ask_next(browser, **wanted)["id"]
    draft = {"answers": make_answers(), "revision": 0}
    assert browser.put(f"/api/assignments/{assignment}/draft/", draft).status_code == 200
    return assignment


def test_resuming_an_assessment_opens_no_practice(browser: APIClient) -> None:
    make_case(), make_case(lesion=False)
    begun = begin(browser, mode="assessment")
    idle_out()
    resumed = browser.post(f"/api/assignments/{begun}/resume/").json()
    assert resumed["id"] == begun
    assert resumed["draft"]["revision"] == 1
    assert [each.mode for each in Session.objects.all()] == ["assessment"]


def test_resuming_practice_that_ended_takes_the_case_into_a_session_of_its_way(
    browser: APIClient,
) -> None:
    make_case(), make_case(lesion=False)
    begun = begin(browser, focus="tier", tier=2)
    Session.objects.update(ended_at=timezone.now())
    resumed = browser.post(f"/api/assignments/{begun}/resume/").json()
    session = Session.objects.get(ended_at=None)
    assert resumed["session"] == str(session.pk)
    assert session.plan == Plan("tier", tier=2)


def ask_next(browser: APIClient, **wanted: object) -> dict[str, Any]:
    session = start(browser, **wanted)
    assigned: dict[str, Any] = browser.post(f"/api/sessions/{session['id']}/next/").json()
    return assigned


def test_a_case_that_was_begun_outlives_a_change_of_focus(browser: APIClient) -> None:
    make_case(), make_case(), make_case(lesion=False)
    begun = ask_next(browser, focus="adaptive")
    draft = {"answers": make_answers(), "revision": 0}
    browser.put(f"/api/assignments/{begun['id']}/draft/", draft)
    assert ask_next(browser, focus="weakness")["id"] == begun["id"]


def test_a_case_that_only_waits_gives_way_to_one_of_what_is_practised_now(
    browser: APIClient,
) -> None:
    make_case(), make_case(lesion=False)
    waiting = ask_next(browser, focus="adaptive")
    weak = ask_next(browser, focus="weakness")
    assert weak["why"]["mode"] == "Practice of your weak points"
    assert weak["id"] != waiting["id"]
    assert ask_next(browser, focus="adaptive")["id"] == waiting["id"], "it waits for its plan"
    last = ask_next(browser, focus="tier", tier=5)
    assert last["id"] in {waiting["id"], weak["id"]}, "no other is left"


def test_assessment_is_a_session_of_its_own_and_never_in_a_figure_of_practice(
    browser: APIClient,
) -> None:
    for _ in range(2):
        make_case()
        make_case(lesion=False)
    practice, assessment = start(browser), start(browser, mode="assessment")
    assert practice["id"] != assessment["id"]
    assert read_next(browser, assessment)["why"]["mode"] == "Assessment"  # type: ignore[index]
    read_next(browser, practice)
    read_next(browser, practice)
    counts = {
        mode: browser.get("/api/progress/", {"mode": mode}).json()["readings"]
        for mode in ("practice", "assessment", "test")
    }
    assert counts == {"practice": 2, "assessment": 1, "test": 0}
    assert browser.get("/api/progress/").json()["mode"] == "practice"
    cases = Assignment.objects.values_list("case", flat=True)
    assert len(set(cases)) == 3, "no case is given in both"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"focus": "finding"}, "finding"),
        ({"focus": "finding", "finding": "cancer"}, "finding"),
        ({"focus": "tier"}, "tier"),
        ({"focus": "tier", "tier": 6}, "tier"),
        ({"tier": 3}, "tier"),
        ({"focus": "mood"}, "focus"),
        ({"mode": "assessment", "focus": "weakness"}, "focus"),
        ({"mode": "test"}, "mode"),
    ],
)
def test_a_way_that_makes_no_sense_is_refused_by_field(
    browser: APIClient, body: dict[str, object], field: str
) -> None:
    response = browser.post("/api/sessions/", {"mode": "practice", **body})
    assert response.status_code == 400
    assert list(response.json()) == [field]


def test_figures_of_an_unknown_mode_are_refused(browser: APIClient) -> None:
    response = browser.get("/api/progress/", {"mode": "everything"})
    assert response.status_code == 400
    assert list(response.json()) == ["mode"]
