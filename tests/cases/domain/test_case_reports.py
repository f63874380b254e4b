import pytest

from cases.domain import report_case, resolve_case_report
from cases.models import Case, CaseReport
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(kind="mass")


def test_a_report_keeps_who_said_what_and_where(
    case: Case, resident: User, institution: Institution
) -> None:
    report = report_case(
        case=case, reporter=resident, text="  Nipple is cut off.\n", institution=institution
    )
    assert (report.text, report.state) == ("Nipple is cut off.", "open")
    assert (report.case, report.reporter, report.institution) == (case, resident, institution)


def test_a_report_goes_to_the_cases_institution_unless_told_otherwise(
    resident: User, institution: Institution
) -> None:
    own = make_case(kind=None, institution=institution)
    assert report_case(case=own, reporter=resident, text="Odd.").institution == institution


def test_pressing_twice_reports_once(case: Case, resident: User, educator: User) -> None:
    first = report_case(case=case, reporter=resident, text="Nipple is cut off.")
    assert report_case(case=case, reporter=resident, text="Nipple is cut off.") == first
    report_case(case=case, reporter=educator, text="Nipple is cut off.")
    report_case(case=case, reporter=resident, text="And a seam.")
    assert CaseReport.objects.count() == 3


def test_two_that_slipped_in_at_once_do_not_fail_the_third(case: Case, resident: User) -> None:
    said = {"case": case, "reporter": resident, "text": "Odd."}
    first = CaseReport.objects.create(**said)
    CaseReport.objects.create(**said)
    assert report_case(case=case, reporter=resident, text="Odd.") == first


def test_the_first_to_resolve_it_stays_on_record(
    case: Case, resident: User, educator: User, director: User
) -> None:
    report = report_case(case=case, reporter=resident, text="Nipple is cut off.")
    resolved = resolve_case_report(report=report, resolved_by=educator)
    when = resolved.resolved_at
    assert (resolved.state, resolved.resolved_by) == ("resolved", educator)
    again = resolve_case_report(report=report, resolved_by=director)
    assert (again.resolved_by, again.resolved_at) == (educator, when)
    # It came back after all: that is a report of its own.
    assert report_case(case=case, reporter=resident, text="Nipple is cut off.") != report
