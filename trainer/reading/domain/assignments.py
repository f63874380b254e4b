from django.db import transaction
from django.db.models import Max, QuerySet

from trainer.learning.domain import choose_case, note_given
from trainer.learning.plans import ADAPTIVE
from trainer.learning.queries.curricula import find_followed
from trainer.learning.queries.supply import find_supply
from trainer.reading.domain.forms import end_read_test
from trainer.reading.errors import CaseWithdrawnError, NoCaseReadyError, SessionEndedError
from trainer.reading.models import Assignment, Session
from trainer.reading.queries.assignments import find_given_cases, find_known_cases


def next_assignment(*, session: Session) -> Assignment:
    """The case to read now: the one left unfinished, otherwise a newly chosen one.

    A case that waits, given under another plan than today's, comes when none is left that fits,
    or when its plan is practised again.

    Raises:
        SessionEndedError: the session is over.
        NoCaseReadyError: the library holds no case this reader has not been given.
    """
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(pk=session.pk)
        if not locked.is_open:
            raise SessionEndedError()
        waiting = locked.assignments.filter(
            reading__isnull=True, case__withdrawn_at__isnull=True
        ).order_by("position")
        if locked.is_test:
            # A test set is read in its own order, to its end.
            assignment = waiting.first()
            end_read_test(session=locked)
        else:
            begun = _find_unfinished(locked, waiting)
            assignment = begun or _assign_case(locked) or waiting.first()
    # Raised outside: choosing may have ordered a new case, and that order has to stand.
    if assignment is None:
        if locked.is_test:
            raise SessionEndedError()
        raise NoCaseReadyError(find_supply(session.institution), curriculum=_name_course(locked))
    return assignment


def check_readable(assignment: Assignment) -> None:
    """Raise CaseWithdrawnError when the case was taken back before it was read."""
    if assignment.case.withdrawn_at is not None:
        raise CaseWithdrawnError()


def _find_unfinished(session: Session, waiting: QuerySet[Assignment]) -> Assignment | None:
    """The case with answers to it, otherwise one that was chosen for what is practised now."""
    begun = waiting.filter(draft__isnull=False).first()
    return begun or waiting.filter(why__plan=session.plan.to_json()).first()


def _assign_case(session: Session) -> Assignment | None:
    choice = choose_case(
        reader=session.reader,
        seen_case_ids=find_given_cases(session.reader),
        known_case_ids=find_known_cases(session.reader),
        institution=session.institution,
        plan=session.plan,
    )
    if choice is None:
        return None
    note_given(case=choice.case)
    last = session.assignments.aggregate(last=Max("position"))["last"] or 0
    return Assignment.objects.create(
        session=session, case=choice.case, position=last + 1, why=choice.why
    )


def _name_course(session: Session) -> str:
    """The curriculum that a session's practice follows; none where it is practised otherwise."""
    if session.plan.focus != ADAPTIVE:
        return ""
    followed = find_followed(session.reader, institution=session.institution)
    return followed.name if followed else ""
