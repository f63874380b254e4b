import uuid
from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from cases.models import CaseReport
from tests.factories.accounts import InstitutionFactory, MembershipFactory
from tests.factories.practice import assign_case, make_case
from trainer.accounts.models import Role, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def test_a_report_reaches_the_educator_and_is_resolved(
    api: SignIn, resident: User, educator: User
) -> None:
    case = assign_case(resident, make_case()).case
    response = api(resident).post(
        "/api/case-reports/", {"case": str(case.pk), "text": "The nipple is missing."}
    )
    assert response.status_code == 201
    assert response.json()["state"] == "open"

    teacher = api(educator)
    listed = teacher.get("/api/case-reports/").json()["results"]
    assert [(row["case"], row["reporter"]) for row in listed] == [(str(case.pk), resident.name)]
    resolved = teacher.post(f"/api/case-reports/{listed[0]['id']}/resolve/").json()
    assert resolved["state"] == "resolved"
    assert resolved["resolved_at"]
    again = teacher.post(f"/api/case-reports/{listed[0]['id']}/resolve/")
    assert again.status_code == 200
    assert again.json()["resolved_at"] == resolved["resolved_at"]


def test_only_a_case_one_was_given_can_be_reported(api: SignIn, resident: User) -> None:
    for case in (make_case().pk, uuid.uuid4()):
        response = api(resident).post("/api/case-reports/", {"case": str(case), "text": "Odd."})
        assert response.status_code == 404
    assert not CaseReport.objects.exists()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"case": "mine"}, "case"),
        ({"case": None}, "case"),
    ],
)
def test_wrong_reports_name_their_field(
    api: SignIn, resident: User, fields: dict[str, Any], name: str
) -> None:
    case = assign_case(resident, make_case()).case
    response = api(resident).post(
        "/api/case-reports/", {"case": str(case.pk), "text": "Odd.", **fields}
    )
    assert response.status_code == 400
    assert name in response.json()


def test_residents_do_not_read_reports(api: SignIn, resident: User) -> None:
    case = assign_case(resident, make_case()).case
    browser = api(resident)
    made = browser.post("/api/case-reports/", {"case": str(case.pk), "text": "Odd."}).json()
    assert browser.get("/api/case-reports/").status_code == 403
    assert browser.post(f"/api/case-reports/{made['id']}/resolve/").status_code == 403


def test_a_report_goes_to_the_institution_of_the_case(api: SignIn, resident: User) -> None:
    second = InstitutionFactory.create()
    MembershipFactory.create(user=resident, institution=second, role=Role.RESIDENT)
    case = assign_case(resident, make_case(institution=second)).case
    api(resident).post("/api/case-reports/", {"case": str(case.pk), "text": "Odd."})
    assert CaseReport.objects.get().institution == second


def test_reports_stay_within_the_institution(api: SignIn, resident: User) -> None:
    stranger = MembershipFactory.create(
        institution=InstitutionFactory.create(), role=Role.EDUCATOR
    ).user
    case = assign_case(resident, make_case()).case
    made = api(resident).post("/api/case-reports/", {"case": str(case.pk), "text": "Odd."}).json()
    assert api(stranger).get("/api/case-reports/").json()["count"] == 0
    assert api(stranger).post(f"/api/case-reports/{made['id']}/resolve/").status_code == 404
