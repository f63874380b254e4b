import threading
import uuid

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Case, CaseRequest
from tests.factories.practice import make_answers, make_case, make_log, open_session, read_case
from trainer.accounts.models import Institution, User
from trainer.learning.reasons import tell_reason
from trainer.reading.domain.assignments import next_assignment
from trainer.reading.domain.readings import submit_reading
from trainer.reading.domain.sessions import end_session, start_session
from trainer.reading.errors import NoCaseReadyError, SessionEndedError
from trainer.reading.models import Assignment, Session

pytestmark = pytest.mark.django_db


def test_starting_again_goes_on_with_the_open_session(resident: User) -> None:
    first = open_session(resident)
    assert open_session(resident) == first
    end_session(session=first)
    second = open_session(resident)
    assert second != first
    assert Session.objects.filter(ended_at=None).get() == second


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_start_at_once_get_the_same_session(resident: User) -> None:
    """Each begins without a session: with one that idled out and a case to take along."""
    make_case()
    waiting = next_assignment(session=open_session(resident))
    end_session(session=waiting.session)
    start, opened = threading.Barrier(4), []

    def press() -> None:
        start.wait()
        try:
            opened.append(open_session(resident))
        finally:
            connection.close()

    tabs = [threading.Thread(target=press) for _ in range(4)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert len(opened) == 4
    assert set(opened) == {Session.objects.get(ended_at=None)}
    waiting.refresh_from_db()
    assert waiting.session == opened[0]


def test_ending_twice_keeps_the_first_end(resident: User) -> None:
    session = open_session(resident)
    ended_at = end_session(session=session).ended_at
    assert ended_at is not None
    assert end_session(session=session).ended_at == ended_at


def test_each_institution_has_a_session_of_its_own(resident: User) -> None:
    elsewhere = Institution.objects.create(name="Elsewhere")
    other = start_session(reader=resident, institution=elsewhere, mode="practice")
    assert other != open_session(resident)


def test_an_unfinished_case_comes_back_before_a_new_one(resident: User) -> None:
    make_case(), make_case(lesion=False)
    session = open_session(resident)
    assert next_assignment(session=session) == next_assignment(session=session)
    assert Assignment.objects.count() == 1


def test_no_case_comes_twice_and_then_none_is_left(resident: User) -> None:
    cases = {make_case().pk, make_case(lesion=False).pk}
    given = set()
    for _ in cases:
        assignment = next_assignment(session=open_session(resident))
        given.add(assignment.case_id)
        read_elsewhere(assignment)
    assert given == cases
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=open_session(resident))


def test_a_new_session_does_not_bring_back_cases_of_an_older_one(resident: User) -> None:
    case = make_case()
    read_case(resident, case)
    end_session(session=open_session(resident))
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=open_session(resident))


def test_positions_count_up_and_the_reason_is_kept(resident: User) -> None:
    make_case(), make_case(), make_case(lesion=False)
    session = open_session(resident)
    for position in (1, 2, 3):
        assignment = next_assignment(session=session)
        assert assignment.position == position
        assert tell_reason(assignment.why)["label"]
        read_elsewhere(assignment)


def test_a_case_withdrawn_before_it_was_read_is_passed_over(resident: User) -> None:
    make_case(), make_case()
    session = open_session(resident)
    first = next_assignment(session=session)
    Case.objects.filter(pk=first.case_id).update(withdrawn_at=timezone.now())
    second = next_assignment(session=session)
    assert second.case_id != first.case_id


def test_an_ended_session_gives_no_case(resident: User) -> None:
    make_case()
    session = end_session(session=open_session(resident))
    with pytest.raises(SessionEndedError):
        next_assignment(session=session)


def test_cases_of_another_institution_are_not_given(resident: User) -> None:
    make_case(institution=Institution.objects.create(name="Elsewhere"))
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=open_session(resident))


def test_finding_no_case_orders_new_ones_for_good(resident: User) -> None:
    with pytest.raises(NoCaseReadyError):
        next_assignment(session=open_session(resident))
    assert CaseRequest.objects.exists()


def read_elsewhere(assignment: Assignment) -> None:
    """Hand in a reading of an assignment that practice has given."""
    submit_reading(assignment=assignment, key=uuid.uuid4(), answers=make_answers(), log=make_log())
