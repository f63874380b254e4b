"""Taking a test set: a form's cases in their order, in an allowed time, feedback at the end."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from trainer.accounts.models import Institution, User
from trainer.learning.queries.forms import list_form_cases, report_making
from trainer.reading.errors import (
    FormNotReadyError,
    FormOrderError,
    FormWithdrawnError,
    OtherTestOpenError,
    SessionEndedError,
    TimeUpError,
    ToldLaterError,
)
from trainer.reading.models import Assignment, Reading, Session
from trainer.reading.queries.forms import find_next_form, find_open_test
from trainer.reading.rules import open_tests_q

# Three times what screening readers take (docs/decisions/test-sets.md): no test of speed.
MINUTES_PER_CASE: Final = 3


def start_form(*, reader: User, institution: Institution, form: str) -> Session:
    """Begin a form, or go on with it; all its cases are given now, in the order of reading.

    Raises:
        OtherTestOpenError: another form is open.
        FormOrderError: the reader's next form is another one.
        FormNotReadyError: a case of it is not made yet.
        FormWithdrawnError: a case of it was withdrawn.
    """
    end_overdue_tests(reader=reader)
    with transaction.atomic():
        # Of two tabs that start at once, the second finds what the first has opened.
        User.objects.select_for_update(no_key=True).get(pk=reader.pk)
        started = find_open_test(reader)
        if started is not None:
            if started.form != form:
                raise OtherTestOpenError()
            return started
        if find_next_form(reader) != form:
            raise FormOrderError()
        making = report_making()[form]
        if making.withdrawn:
            raise FormWithdrawnError()
        if not making.is_ready:
            raise FormNotReadyError()
        cases = list_form_cases(form)
        session = Session.objects.create(
            reader=reader,
            institution=institution,
            mode=Session.Mode.TEST,
            form=form,
            ends_at=timezone.now() + allow_time(len(cases)),
        )
        Assignment.objects.bulk_create(
            Assignment(session=session, case=case, position=position)
            for position, case in enumerate(cases, start=1)
        )
        return session


def allow_time(cases: int) -> timedelta:
    """The time that a form of so many cases may take."""
    return timedelta(minutes=MINUTES_PER_CASE * cases)


def end_overdue_tests(*, reader: Any = None, now: datetime | None = None) -> int:
    """End the test sets whose time is up, as of then; returns how many.

    Args:
        reader: whose; everybody's by default.
        now: the time to reckon from.
    """
    tests = Session.objects.filter(
        mode=Session.Mode.TEST, ended_at=None, ends_at__lte=now or timezone.now()
    )
    if reader is not None:
        tests = tests.filter(reader=reader)
    return tests.update(ended_at=F("ends_at"))


def end_read_test(*, session: Session) -> None:
    """End a test set whose last case was read."""
    unread = session.assignments.filter(reading__isnull=True, case__withdrawn_at__isnull=True)
    if session.is_test and not unread.exists():
        Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=timezone.now())


def check_in_time(session: Session) -> None:
    """Raise when a test set takes no more answers; other sessions always do.

    Raises:
        TimeUpError: its time is up.
        SessionEndedError: its reader has ended it.
    """
    if not session.is_test or session.is_open:
        return
    if session.ends_at is not None and session.ends_at <= timezone.now():
        raise TimeUpError()
    raise SessionEndedError()


def check_told(reading: Reading) -> None:
    """Raise ToldLaterError while a test set with the case of a reading is open."""
    _check_told(Assignment.objects.filter(pk=reading.assignment_id))


def check_session_told(session: Session) -> None:
    """Raise ToldLaterError while a test set with any case of a session is open."""
    _check_told(session.assignments.all())


def _check_told(assignments: QuerySet[Assignment]) -> None:
    """A form that is taken again has the cases of the time before."""
    tests = Session.objects.filter(open_tests_q(), reader__in=assignments.values("session__reader"))
    asked = Assignment.objects.filter(session__in=tests, case__in=assignments.values("case"))
    if asked.exists():
        raise ToldLaterError()
