import pytest

from tests.factories.scored import open_session, store_reading
from tests.factories.stored_cases import make_case
from trainer.accounts.models import Institution, User
from trainer.measure.proportions import MINIMUM_N
from trainer.reading.domain.sessions import end_session
from trainer.reports.queries import report_session

pytestmark = pytest.mark.django_db


def test_it_tells_what_was_read_and_what_to_look_at_again(
    resident: User, institution: Institution
) -> None:
    found, missed, normal = make_case(kind="mass"), make_case(kind="mass"), make_case(kind=None)
    for case, right in ((found, True), (missed, False), (normal, True)):
        store_reading(reader=resident, institution=institution, case=case, right=right)
    report = report_session(open_session(resident, institution))
    assert [row.position for row in report.cases] == [1, 2, 3]
    assert [(row.lesions_found, row.lesions) for row in report.cases] == [(1, 1), (0, 1), (0, 0)]
    assert [row.position for row in report.look_again] == [2]
    assert report.look_again[0].missed == ("Mass",)
    mass = next(row for row in report.competencies if row.competency == "mass")
    assert (mass.asked, mass.right) == (2, 1)
    assert "calcification" not in {row.competency for row in report.competencies}


def test_work_lies_where_the_largest_share_went_wrong(
    resident: User, institution: Institution
) -> None:
    for kind, right in (("mass", False), ("mass", True), ("calcification_group", False)):
        store_reading(
            reader=resident, institution=institution, case=make_case(kind=kind), right=right
        )
    work_on = report_session(open_session(resident, institution)).work_on
    assert work_on[0].competency == "calcification"
    assert "mass" in {row.competency for row in work_on}


def test_improvement_is_told_from_the_minimum_on_and_by_session(
    resident: User, institution: Institution
) -> None:
    for _ in range(MINIMUM_N):
        store_reading(
            reader=resident, institution=institution, case=make_case(kind="mass"), right=False
        )
    first = open_session(resident, institution)
    assert report_session(first).improved == ()
    assert all(row.change is None for row in report_session(first).competencies)
    end_session(session=first)
    for _ in range(4):
        store_reading(reader=resident, institution=institution, case=make_case(kind="mass"))
    second = report_session(open_session(resident, institution))
    assert "mass" in {row.competency for row in second.improved}
    assert all((row.change or 0) > 0 for row in second.improved)
    assert len(second.cases) == 4


def test_an_empty_session_has_nothing_to_tell(resident: User, institution: Institution) -> None:
    report = report_session(open_session(resident, institution))
    assert (report.cases, report.competencies, report.improved, report.work_on) == ((),) * 4
    assert report.minutes == 0
