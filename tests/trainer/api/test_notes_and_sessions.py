"""Bookmarks and notes, the state of own reports, and the summary of a session."""

import pytest
from pytest_django.fixtures import Settings

from cases.models import CaseReport
from tests.factories.accounts import MembershipFactory
from tests.factories.practice import assign_case, make_case, open_session, read_case
from tests.trainer.api.conftest import SignIn
from trainer.accounts.models import Institution, User
from trainer.reading.models import CaseNote

pytestmark = pytest.mark.django_db


def test_a_note_is_kept_listed_and_let_go(api: SignIn, resident: User) -> None:
    case = make_case()
    reading = read_case(resident, case)
    client, address = api(resident), f"/api/cases/{case.pk}/note/"
    assert client.get(address).json() == {
        "case": str(case.pk), "bookmarked": False, "text": "", "updated_at": None,
    }  # fmt: skip
    body = {"bookmarked": True, "text": "  Lines behind the nipple.  "}
    assert client.put(address, body).json()["text"] == "Lines behind the nipple."
    (listed,) = client.get("/api/notes/").json()["results"]
    assert (listed["reading"], listed["positive"]) == (str(reading.pk), True)
    assert client.put(address, {"bookmarked": False, "text": " "}).json()["updated_at"] is None
    assert not CaseNote.objects.exists()


def test_notes_are_private(
    api: SignIn, resident: User, educator: User, director: User, institution: Institution
) -> None:
    case = make_case()
    read_case(resident, case)
    api(resident).put(f"/api/cases/{case.pk}/note/", {"bookmarked": True, "text": "Mine."})
    colleague = MembershipFactory.create(institution=institution).user
    read_case(colleague, case)
    for other in (colleague, educator, director):
        assert api(other).get("/api/notes/").json()["results"] == []
    assert api(colleague).get(f"/api/cases/{case.pk}/note/").json()["text"] == ""


def test_a_note_is_never_kept_as_somebody_elses(
    api: SignIn, resident: User, institution: Institution
) -> None:
    case = make_case()
    read_case(resident, case)
    colleague = MembershipFactory.create(institution=institution).user
    address = f"/api/cases/{case.pk}/note/"
    body = {"bookmarked": False, "text": "Mine.", "reader": resident.pk}
    for read in (False, True):
        if read:
            read_case(colleague, case)
        refused = api(colleague).put(address, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "other_reader")
    assert not CaseNote.objects.exists()
    assert api(resident).put(address, body).json()["text"] == "Mine."


def test_a_note_is_written_on_the_last_one_or_refused(api: SignIn, resident: User) -> None:
    case = make_case()
    read_case(resident, case)
    client, address = api(resident), f"/api/cases/{case.pk}/note/"
    body = {"bookmarked": False, "text": "One."}
    first = client.put(address, {**body, "base": None}).json()["updated_at"]
    second = client.put(address, {**body, "text": "Two.", "base": first})
    assert second.status_code == 200
    for stale in (None, first):
        refused = client.put(address, {**body, "base": stale})
        assert (refused.status_code, refused.json()["code"]) == (409, "stale_note")
    assert client.get(address).json()["text"] == "Two."


def test_a_case_that_was_not_read_takes_no_note(api: SignIn, resident: User) -> None:
    case = make_case()
    assign_case(resident, case)
    body = {"bookmarked": True, "text": ""}
    assert api(resident).put(f"/api/cases/{case.pk}/note/", body).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": ""}, "bookmarked"),
        ({"bookmarked": "perhaps", "text": ""}, "bookmarked"),
        ({"bookmarked": True, "text": "x" * 4001}, "text"),
        ({"bookmarked": True, "text": None}, "text"),
    ],
)
def test_wrong_notes_are_refused_by_name(
    api: SignIn, resident: User, body: dict[str, object], field: str
) -> None:
    case = make_case()
    read_case(resident, case)
    refused = api(resident).put(f"/api/cases/{case.pk}/note/", body)
    assert refused.status_code == 400
    assert field in refused.json()


def test_the_reporter_sees_what_became_of_a_report(
    api: SignIn, resident: User, educator: User, institution: Institution
) -> None:
    case = make_case(institution=institution)
    read_case(resident, case)
    api(resident).post("/api/case-reports/", {"case": str(case.pk), "text": "Cut off."})
    (report,) = api(resident).get("/api/case-reports/mine/").json()["results"]
    assert report["state"] == "open"
    api(educator).post(f"/api/case-reports/{report['id']}/resolve/")
    (report,) = api(resident).get("/api/case-reports/mine/").json()["results"]
    assert (report["state"], report["resolved_at"] is None) == ("resolved", False)
    assert api(educator).get("/api/case-reports/mine/").json()["results"] == []


def test_long_lists_come_in_pages_that_lose_nothing(
    api: SignIn, resident: User, settings: Settings
) -> None:
    client, size = api(resident), settings.REST_FRAMEWORK["PAGE_SIZE"]
    cases = [make_case(lesion=False) for _ in range(2)]
    CaseReport.objects.bulk_create(
        CaseReport(case=cases[n % 2], reporter=resident, text=f"Report {n}")
        for n in range(size + 3)
    )
    address = "/api/case-reports/mine/"
    first = client.get(address).json()
    rest = client.get(address, {"page": 2}).json()
    assert (first["count"], len(first["results"]), len(rest["results"])) == (size + 3, size, 3)
    assert rest["next"] is None
    told = {row["text"] for row in first["results"] + rest["results"]}
    assert told == {f"Report {n}" for n in range(size + 3)}
    of_one = client.get(address, {"case": str(cases[0].pk)}).json()
    assert of_one["count"] == CaseReport.objects.filter(case=cases[0]).count() == (size + 4) // 2
    assert list(client.get(address, {"case": "first"}).json()) == ["case"]
    assert client.get(address, {"page": 9}).status_code == 404


def test_a_session_is_summed_up_for_its_reader_alone(
    api: SignIn, resident: User, educator: User
) -> None:
    missed = read_case(resident, make_case(), marks=[])
    normal = {side: {"assessment": "1"} for side in ("left", "right")}
    read_case(resident, make_case(lesion=False), marks=[], recall=False, breasts=normal)
    session = open_session(resident)
    report = api(resident).get(f"/api/sessions/{session.pk}/report/").json()
    assert [row["reading"] for row in report["look_again"]] == [str(missed.pk)]
    assert report["look_again"][0]["missed"] == ["Mass"]
    assert report["minutes"] == pytest.approx(2 * 20 / 60)
    assert report["session"]["readings"] == 2
    assert api(educator).get(f"/api/sessions/{session.pk}/report/").status_code == 404
    listed = api(resident).get("/api/sessions/").json()["results"]
    assert [each["id"] for each in listed] == [str(session.pk)]
    assert api(educator).get("/api/sessions/").json()["results"] == []
