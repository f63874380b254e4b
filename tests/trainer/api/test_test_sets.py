"""A test set through the API, as the browser takes it: timed, in order, told at the end."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from cases.domain import withdraw_case
from cases.models import Case, CaseRequest
from cases.models.request import RequestState
from tests.factories.accounts import MembershipFactory
from tests.factories.forms import make_form, write_recipes
from tests.factories.practice import make_answers, make_log
from tests.trainer.api.test_secrecy import TELLING, base_url
from trainer.accounts.models import Role, User
from trainer.learning.models import AbilityEstimate, KindReview
from trainer.reading.domain.forms import MINUTES_PER_CASE, end_overdue_tests
from trainer.reading.models import Reading, Session
from trainer.reading.queries.assignments import find_given_cases, find_known_cases
from trainer.reading.queries.replay import list_recorded_answers

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]
Cases = dict[str, list[Case]]


@pytest.fixture
def cases(settings: Settings, tmp_path: Path) -> Cases:
    """Two forms of two cases: one with a lesion, then a normal."""
    return make_form(settings, tmp_path)


@pytest.fixture
def browser(api: SignIn, resident: User) -> APIClient:
    return api(resident)


def first_form(reader: User) -> str:
    return "AB"[reader.pk % 2]


def start(browser: APIClient, form: str) -> dict[str, Any]:
    response = browser.post("/api/tests/", {"form": form})
    assert response.status_code == 200, response.json()
    told: dict[str, Any] = response.json()
    return told


def take_next(browser: APIClient, session: str) -> dict[str, Any]:
    response = browser.post(f"/api/sessions/{session}/next/")
    assert response.status_code == 200, response.json()
    told: dict[str, Any] = response.json()
    return told


def submission(assignment: str, **answers: Any) -> dict[str, Any]:
    return {
        "assignment": assignment,
        "key": str(uuid.uuid4()),
        "answers": make_answers(**answers),
        "log": make_log(),
    }


def read_rest(browser: APIClient, session: str) -> list[str]:
    """Answers every case that is left as if it held the lesion; the ids of the readings."""
    readings = []
    while (response := browser.post(f"/api/sessions/{session}/next/")).status_code == 200:
        kept = browser.post("/api/readings/", submission(response.json()["id"]))
        assert kept.status_code == 202
        readings.append(kept.json()["reading"])
    assert response.json()["code"] == "session_ended"
    return readings


def test_a_form_is_read_in_its_order_and_told_at_its_end(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    form = first_form(resident)
    told = browser.get("/api/tests/").json()
    assert (told["next_form"], told["open"], told["taken"]) == (form, None, [])
    assert [each["prevalence"] for each in told["forms"]] == [0.5, 0.5]
    assert [each["minutes"] for each in told["forms"]] == [2 * MINUTES_PER_CASE] * 2
    test = start(browser, form)
    assert (test["cases"], test["readings"]) == (2, 0)
    assert 0 < test["seconds_left"] <= 2 * MINUTES_PER_CASE * 60

    first = take_next(browser, test["id"])
    assert first["case"]["id"] == str(cases[form][0].pk)
    assert (first["test"]["form"], first["test"]["cases"], first["position"]) == (form, 2, 1)
    assert first["why"]["mode"] == f"Test set, form {form}"
    kept = browser.post("/api/readings/", submission(first["id"]))
    assert kept.status_code == 202
    assert set(kept.json()) == {"reading", "assignment", "session"}
    second = take_next(browser, test["id"])
    assert second["case"]["id"] == str(cases[form][1].pk)
    assert browser.get("/api/tests/").json()["open"]["readings"] == 1
    browser.post("/api/readings/", submission(second["id"]))

    told = browser.get("/api/tests/").json()
    assert told["open"] is None
    assert (told["taken"][0]["completed"], told["taken"][0]["readings"]) == (True, 2)
    assert told["next_form"] != form
    result = browser.get(f"/api/tests/{test['id']}/").json()
    assert [row["recall_correct"] for row in result["cases"]] == [True, False]
    assert result["figures"]["sensitivity"] == {
        "value": None, "low": None, "high": None, "n": 1, "enough": False
    }  # fmt: skip
    assert result["change"] is None
    feedback = browser.get(f"/api/readings/{kept.json()['reading']}/feedback/").json()
    assert (feedback["mode"], feedback["abilities"]) == ("test", [])
    assert feedback["truth"]["findings"]


def test_nothing_is_told_before_the_end(browser: APIClient, resident: User, cases: Cases) -> None:
    form = first_form(resident)
    test = start(browser, form)
    first = take_next(browser, test["id"])
    key = submission(first["id"])
    kept = browser.post("/api/readings/", key)
    case = cases[form][0]
    for path in (
        f"/api/readings/{kept.json()['reading']}/feedback/",
        f"/api/sessions/{test['id']}/report/",
        f"/api/tests/{test['id']}/",
    ):
        refused = browser.get(path)
        assert (refused.status_code, refused.json()["code"]) == (409, "told_later"), path
    for response in (
        browser.get(base_url(case)),
        browser.get(f"/api/cases/{case.pk}/ladder/"),
        browser.post(f"/api/cases/{case.pk}/ladder/"),
        browser.get(f"/api/cases/{case.pk}/note/"),
    ):
        assert response.status_code == 404
    assert browser.get("/api/readings/").json()["count"] == 0
    assert browser.get("/api/progress/", {"mode": "test"}).json()["readings"] == 0
    for response in (
        browser.post("/api/readings/", key),
        browser.get(f"/api/assignments/{first['id']}/"),
        browser.post(f"/api/sessions/{test['id']}/next/"),
        browser.get("/api/tests/"),
    ):
        text = response.content.decode()
        assert [word for word in TELLING if word in text] == []
    read_rest(browser, test["id"])
    assert browser.get(base_url(case)).status_code == 200
    assert browser.get("/api/readings/").json()["count"] == 2


def test_the_form_read_before_is_not_told_while_it_is_taken_again(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    form = first_form(resident)
    other = "BA"["AB".index(form)]
    paths = []
    for taken in (form, other):
        test = start(browser, taken)["id"]
        paths.append((f"/api/tests/{test}/", f"/api/sessions/{test}/report/"))
        read_rest(browser, test)
    again = start(browser, form)["id"]
    told = [[browser.get(path).status_code for path in each] for each in paths]
    assert told == [[409, 409], [200, 200]]
    browser.post(f"/api/sessions/{again}/end/")
    assert [browser.get(path).status_code for path in paths[0]] == [200, 200]


def test_who_teaches_is_told_nothing_either_while_taking_it(
    api: SignIn, educator: User, cases: Cases
) -> None:
    browser = api(educator)
    form = first_form(educator)
    assert browser.get(base_url(cases[form][0])).status_code == 200
    test = start(browser, form)
    assert browser.get(base_url(cases[form][0])).status_code == 404
    browser.post(f"/api/sessions/{test['id']}/end/")
    assert browser.get(base_url(cases[form][0])).status_code == 200
    assert browser.get("/api/case-requests/").json()["count"] == 0


def test_starting_again_goes_on_and_another_form_waits(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    form = first_form(resident)
    other = "BA"["AB".index(form)]
    refused = browser.post("/api/tests/", {"form": other})
    assert (refused.status_code, refused.json()["code"]) == (409, "form_order")
    test = start(browser, form)
    assert start(browser, form)["id"] == test["id"]
    refused = browser.post("/api/tests/", {"form": other})
    assert (refused.status_code, refused.json()["code"]) == (409, "other_test_open")
    browser.post(f"/api/sessions/{test['id']}/end/")
    assert start(browser, other)["id"] != test["id"]


def test_a_form_comes_again_after_every_other(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    form = first_form(resident)
    other = "BA"["AB".index(form)]
    for taken in (form, other, form):
        assert browser.get("/api/tests/").json()["next_form"] == taken
        read_rest(browser, start(browser, taken)["id"])
    assert browser.get("/api/tests/").json()["next_form"] == other


def test_a_form_that_is_not_made_cannot_be_begun(
    browser: APIClient, resident: User, settings: Settings, tmp_path: Path
) -> None:
    write_recipes(settings, tmp_path)
    refused = browser.post("/api/tests/", {"form": first_form(resident)})
    assert (refused.status_code, refused.json()["code"]) == (409, "form_not_ready")
    assert browser.post("/api/tests/", {"form": "C"}).json() == {"form": ["There is no such form."]}
    assert set(browser.post("/api/tests/", {}).json()) == {"form"}
    assert not Session.objects.exists()


def test_a_withdrawn_case_is_said_to_be_what_keeps_a_form_from_being_read(
    browser: APIClient, resident: User, educator: User, cases: Cases
) -> None:
    form = first_form(resident)
    withdraw_case(case=cases[form][0], withdrawn_by=educator)
    refused = browser.post("/api/tests/", {"form": form})
    assert (refused.status_code, refused.json()["code"]) == (409, "form_not_ready")
    assert "was withdrawn" in refused.json()["detail"]
    User.objects.filter(pk=resident.pk).update(language="de")
    told = browser.post("/api/tests/", {"form": form}).json()
    assert "wurde zurückgezogen" in told["detail"]


def test_after_the_time_nothing_is_taken_and_the_draft_is_kept(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    test = start(browser, first_form(resident))
    first = take_next(browser, test["id"])
    kept = submission(first["id"])
    assert browser.post("/api/readings/", kept).status_code == 202
    second = take_next(browser, test["id"])
    draft = {"answers": make_answers(density="D"), "revision": 0}
    path = f"/api/assignments/{second['id']}/draft/"
    assert browser.put(path, draft).status_code == 200
    over = timezone.now() - timedelta(seconds=1)
    Session.objects.filter(pk=test["id"]).update(ends_at=over)

    for response in (
        browser.post("/api/readings/", submission(second["id"])),
        browser.put(path, {**draft, "revision": 1}),
    ):
        assert (response.status_code, response.json()["code"]) == (409, "time_up")
        assert "what was saved of it before stays" in response.json()["detail"]
    assert Reading.objects.count() == 1
    assert browser.get(f"/api/assignments/{second['id']}/").json()["draft"]["answers"]
    assert browser.post("/api/readings/", kept).status_code == 202, "what had arrived stays"
    assert browser.get("/api/me/").json()["reading_begun"] is None
    refused = browser.post(f"/api/sessions/{test['id']}/next/")
    assert (refused.status_code, refused.json()["code"]) == (409, "session_ended")
    result = browser.get(f"/api/tests/{test['id']}/").json()
    assert (result["test"]["readings"], result["test"]["completed"]) == (1, False)
    assert result["test"]["ended_at"] == result["test"]["ends_at"]


def test_beat_ends_what_nobody_went_on_with(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    start(browser, first_form(resident))
    assert end_overdue_tests() == 0
    later = timezone.now() + timedelta(minutes=2 * MINUTES_PER_CASE, seconds=1)
    assert end_overdue_tests(now=later) == 1
    session = Session.objects.get()
    assert session.ended_at == session.ends_at


def test_what_was_broken_off_is_told_but_does_not_count(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    test = start(browser, first_form(resident))
    first = take_next(browser, test["id"])
    browser.post("/api/readings/", submission(first["id"]))
    second = take_next(browser, test["id"])
    browser.post(f"/api/sessions/{test['id']}/end/")
    refused = browser.post("/api/readings/", submission(second["id"]))
    assert (refused.status_code, refused.json()["code"]) == (409, "session_ended")
    result = browser.get(f"/api/tests/{test['id']}/").json()
    assert (result["test"]["readings"], result["test"]["completed"]) == (1, False)


def test_other_peoples_test_sets_are_not_there(
    api: SignIn, resident: User, educator: User, cases: Cases
) -> None:
    test = start(api(resident), first_form(resident))
    first = take_next(api(resident), test["id"])
    colleague = MembershipFactory.create(
        institution=resident.memberships.get().institution, role=Role.RESIDENT
    ).user
    for person in (colleague, educator):
        browser = api(person)
        for response in (
            browser.get(f"/api/tests/{test['id']}/"),
            browser.post(f"/api/sessions/{test['id']}/next/"),
            browser.post(f"/api/sessions/{test['id']}/end/"),
            browser.post("/api/readings/", submission(first["id"])),
        ):
            assert response.status_code == 404
        assert browser.get("/api/tests/").json()["open"] is None


def test_no_ability_moves_and_nothing_comes_back_by_a_test_set(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    read_rest(browser, start(browser, first_form(resident))["id"])
    assert Reading.objects.count() == 2
    assert not AbilityEstimate.objects.exists()
    assert not KindReview.objects.exists()
    assert list(list_recorded_answers()) == []
    assert browser.get("/api/progress/").json()["readings"] == 0
    assert browser.get("/api/progress/", {"mode": "test"}).json()["readings"] == 2
    assert browser.get("/api/sessions/").json()["count"] == 0


def test_no_normal_is_owed_in_practice_for_a_test_set(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    form = first_form(resident)
    read_rest(browser, start(browser, form)["id"])
    assert find_given_cases(resident) == frozenset()
    assert find_known_cases(resident) == {case.pk for case in cases[form]}


def test_a_case_withdrawn_in_the_middle_is_passed_over(
    browser: APIClient, resident: User, educator: User, cases: Cases
) -> None:
    form = first_form(resident)
    test = start(browser, form)
    withdraw_case(case=cases[form][0], withdrawn_by=educator)
    only = take_next(browser, test["id"])
    assert only["case"]["id"] == str(cases[form][1].pk)
    browser.post("/api/readings/", submission(only["id"]))
    assert browser.get("/api/tests/").json()["taken"][0]["completed"] is True


def test_educators_have_the_cases_made_and_others_may_not(
    api: SignIn, educator: User, resident: User, settings: Settings, tmp_path: Path
) -> None:
    write_recipes(settings, tmp_path)
    assert api(resident).post("/api/tests/making/").status_code == 403
    told = api(educator).post("/api/tests/making/").json()
    assert [form["making"]["waiting"] for form in told["forms"]] == [2, 2]
    assert {request.requested_by for request in CaseRequest.objects.all()} == {educator}
    CaseRequest.objects.update(state=RequestState.FAILED, reason="No space left.")
    told = api(educator).get("/api/tests/").json()
    assert told["forms"][0]["making"]["reasons"] == ["No space left."]
    assert api(resident).get("/api/tests/").json()["forms"][0]["making"]["reasons"] == []
    told = api(educator).post("/api/tests/making/").json()
    assert [form["making"]["failed"] for form in told["forms"]] == [0, 0]


def test_before_and_after_are_told_once_both_forms_were_completed(
    browser: APIClient, resident: User, cases: Cases
) -> None:
    form = first_form(resident)
    other = "BA"["AB".index(form)]
    for taken in (form, other):
        read_rest(browser, start(browser, taken)["id"])
    last = browser.get("/api/tests/").json()["taken"][0]
    change = browser.get(f"/api/tests/{last['id']}/").json()["change"]
    assert (change["before"]["form"], change["after"]["form"]) == (form, other)
    assert not any(each["enough"] for each in change["figures"].values())
    told = browser.get("/api/tests/reliability/").json()
    assert [each["alpha"]["n"] for each in told["forms"]] == [1, 1]
    assert told["parallel"] == {
        "value": None, "low": None, "high": None, "n": 1, "enough": False
    }  # fmt: skip
    lesions = next(each for each in told["forms"][0]["model"] if each["aspect"] == "lesions")
    assert lesions["items"] == 1
    assert 0 < lesions["marginal"] < 1
