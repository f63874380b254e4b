import csv
import io
from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import CohortFactory
from tests.factories.practice import make_case, read_case
from trainer.accounts.models import Cohort, User

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def test_progress_gives_no_figure_without_enough_readings(api: SignIn, resident: User) -> None:
    read_case(resident, make_case())
    progress = api(resident).get("/api/progress/").json()
    assert progress["readings"] == 1
    assert progress["prevalence"] is None
    assert progress["streak_days"] == 1
    assert progress["sensitivity"] == {
        "value": None,
        "low": None,
        "high": None,
        "n": 1,
        "enough": False,
    }
    assert {row["competency"] for row in progress["abilities"]} == {
        "mass",
        "calcification",
        "distortion",
        "asymmetry",
        "characterisation",
        "density",
        "normal_rejection",
    }


def test_progress_of_a_new_reader_is_empty_not_an_error(api: SignIn, resident: User) -> None:
    progress = api(resident).get("/api/progress/").json()
    assert progress["readings"] == 0
    assert progress["prevalence"] is None


@pytest.mark.parametrize("role", ["educator", "director", "operator"])
def test_teachers_see_their_cohorts(
    api: SignIn, request: pytest.FixtureRequest, role: str, resident: User, cohort: Cohort
) -> None:
    foreign = CohortFactory.create()
    read_case(resident, make_case())
    browser = api(request.getfixturevalue(role))
    assert [row["id"] for row in browser.get("/api/cohorts/").json()] == [cohort.pk]
    report = browser.get(f"/api/cohorts/{cohort.pk}/report/").json()
    assert report["cohort"] == {"id": cohort.pk, "name": cohort.name}
    assert [(row["id"], row["readings"]) for row in report["residents"]] == [(resident.pk, 1)]
    assert browser.get(f"/api/cohorts/{foreign.pk}/report/").status_code == 404
    assert browser.get(f"/api/cohorts/{foreign.pk}/report.csv").status_code == 404


def test_residents_see_no_cohort(api: SignIn, resident: User, cohort: Cohort) -> None:
    browser = api(resident)
    assert browser.get("/api/cohorts/").json() == []
    assert browser.get(f"/api/cohorts/{cohort.pk}/report/").status_code == 404
    assert browser.get(f"/api/cohorts/{cohort.pk}/report.csv").status_code == 404


def test_report_as_a_table(api: SignIn, director: User, resident: User, cohort: Cohort) -> None:
    read_case(resident, make_case())
    response = api(director).get(f"/api/cohorts/{cohort.pk}/report.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0][0] == "name"
    assert rows[1][0] == resident.name
    assert "not enough readings" in rows[1]


def test_modes_and_test_sets_of_a_cohort(
    api: SignIn, director: User, resident: User, cohort: Cohort
) -> None:
    case = make_case()
    read_case(resident, case)
    browser = api(director)
    report = browser.get(f"/api/cohorts/{cohort.pk}/report/?mode=assessment").json()
    assert (report["mode"], report["residents"][0]["readings"]) == ("assessment", 0)
    # A test set's forms are compared, never added up like practice.
    refused = browser.get(f"/api/cohorts/{cohort.pk}/report/?mode=test")
    assert (refused.status_code, list(refused.json())) == (400, ["mode"])
    tests = browser.get(f"/api/cohorts/{cohort.pk}/tests/").json()
    assert (tests["forms"], tests["change"]["readers"]) == ([], 0)
    assert [row["before"] for row in tests["residents"]] == [None]
    table = browser.get(f"/api/cohorts/{cohort.pk}/tests.csv").content.decode("utf-8-sig")
    assert table.startswith("of,email,form,time,measure")
    for path in ("tests/", "tests.csv"):
        assert api(resident).get(f"/api/cohorts/{cohort.pk}/{path}").status_code == 404
