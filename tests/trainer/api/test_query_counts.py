"""A page costs the same number of queries for one row as for three."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from cases.models import CaseReport, CaseRequest
from tests.factories.accounts import MembershipFactory
from tests.factories.practice import make_answers, make_case, make_log, read_case
from tests.factories.sandbox import make_placed, make_sandbox
from trainer.accounts.models import Cohort, Role, User
from trainer.challenges.domain.challenges import accept_challenge, send_challenges
from trainer.reading.domain.readings import submit_reading

pytestmark = pytest.mark.django_db
SignIn = Callable[..., APIClient]


def count_queries(browser: APIClient, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def assert_same_at_three(browser: APIClient, path: str, add: Callable[[], object]) -> int:
    add()
    at_one = count_queries(browser, path)
    add()
    add()
    assert count_queries(browser, path) == at_one
    return at_one


def test_own_readings(api: SignIn, resident: User) -> None:
    at_most = assert_same_at_three(
        api(resident), "/api/readings/", lambda: read_case(resident, make_case())
    )
    assert at_most <= 4


def test_progress(api: SignIn, resident: User) -> None:
    assert_same_at_three(api(resident), "/api/progress/", lambda: read_case(resident, make_case()))


def test_people(api: SignIn, director: User, cohort: Cohort) -> None:
    def add() -> None:
        MembershipFactory.create(institution=cohort.institution, cohort=cohort)

    assert_same_at_three(api(director), "/api/people/", add)


def test_cohort_report(api: SignIn, director: User, cohort: Cohort) -> None:
    def add() -> None:
        member = MembershipFactory.create(
            institution=cohort.institution, cohort=cohort, role=Role.RESIDENT
        )
        read_case(member.user, make_case())

    assert_same_at_three(api(director), f"/api/cohorts/{cohort.pk}/report/", add)
    assert_same_at_three(api(director), f"/api/cohorts/{cohort.pk}/tests/", add)


def test_cohort_milestones(api: SignIn, director: User, cohort: Cohort) -> None:
    def add() -> None:
        member = MembershipFactory.create(
            institution=cohort.institution, cohort=cohort, role=Role.RESIDENT
        )
        read_case(member.user, make_case())

    assert_same_at_three(api(director), f"/api/cohorts/{cohort.pk}/milestones/", add)


def test_cohorts(api: SignIn, director: User, cohort: Cohort) -> None:
    names = iter(("Second", "Third", "Fourth"))
    assert_same_at_three(
        api(director),
        "/api/cohorts/",
        lambda: Cohort.objects.create(institution=cohort.institution, name=next(names)),
    )


def test_case_requests(api: SignIn, educator: User) -> None:
    def add() -> None:
        case = make_case()
        CaseRequest.objects.create(pk=uuid.uuid4(), spec={}, requested_by=educator, case=case)

    assert_same_at_three(api(educator), "/api/case-requests/", add)


def test_case_reports(api: SignIn, educator: User) -> None:
    case = make_case()

    def add() -> None:
        reporter = MembershipFactory.create().user
        CaseReport.objects.create(case=case, reporter=reporter, text="Odd.")

    assert_same_at_three(api(educator), "/api/case-reports/", add)


def test_challenges(api: SignIn, resident: User, cohort: Cohort) -> None:
    colleague = MembershipFactory.create(institution=cohort.institution, cohort=cohort).user

    def add() -> None:
        sandbox = make_sandbox(resident)
        (challenge,) = send_challenges(sandbox=sandbox, colleagues=[colleague.pk])
        make_placed(challenge.request)
        submit_reading(
            assignment=accept_challenge(challenge=challenge),
            key=uuid.uuid4(),
            answers=make_answers(marks=[]),
            log=make_log(),
        )

    assert_same_at_three(api(resident), "/api/challenges/", add)


def test_an_assignment_and_its_feedback_have_a_ceiling(api: SignIn, resident: User) -> None:
    reading = read_case(resident, make_case())
    browser = api(resident)
    assert count_queries(browser, f"/api/assignments/{reading.assignment_id}/") <= 4
    assert count_queries(browser, f"/api/readings/{reading.pk}/feedback/") <= 11
