from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from trainer.accounts.models import Institution, User
from trainer.learning.plans import Plan
from trainer.reading.models import Assignment, Session

# Practice that nobody went on with for so long is over, as if the reader had said so.
IDLE_AFTER: Final = timedelta(minutes=30)


def start_session(
    *, reader: User, institution: Institution, mode: str, plan: Plan | None = None
) -> Session:
    """The reader's open session of this mode, or a new one.

    A new one goes on with what was given and not yet read: nothing begun is lost.

    Args:
        reader: who will read.
        institution: where.
        mode: practice or assessment.
        plan: what to practise; None goes on with what was practised last, in a session that
            is still open or one that has ended. A case that was begun stays the next one, so
            that nothing of it is lost.
    """
    with transaction.atomic():
        # Of two tabs that start at once, the second finds what the first has opened.
        User.objects.select_for_update(no_key=True).get(pk=reader.pk)
        session = _find_or_open(reader, institution, mode)
    if plan is not None and plan != session.plan:
        session.focus, session.finding, session.tier = plan.focus, plan.finding, plan.tier
        session.save(update_fields=["focus", "finding", "tier"])
    return session


def _find_or_open(reader: User, institution: Institution, mode: str) -> Session:
    wanted = {"reader": reader, "institution": institution, "mode": mode, "ended_at": None}
    if mode == Session.Mode.PRACTICE:
        end_idle_sessions(reader=reader)
    open_session = Session.objects.filter(**wanted).first()
    if open_session is not None:
        return open_session
    session = Session(**wanted)
    last = Session.objects.filter(reader=reader, institution=institution, mode=mode).first()
    if last is not None:
        session.focus, session.finding, session.tier = last.focus, last.finding, last.tier
    session.save()
    _carry_over(session)
    return session


def resume_assignment(*, assignment: Assignment) -> None:
    """Go on with a case that was begun, in its own way of practising.

    Practice that has ended meanwhile begins anew with it; an open session stays as it is.
    """
    session = assignment.session
    if not session.is_open and session.mode == Session.Mode.PRACTICE:
        start_session(reader=session.reader, institution=session.institution, mode=session.mode)


def end_session(*, session: Session) -> Session:
    """Close a session, a test set at its time at the latest; again changes nothing."""
    now = timezone.now()
    ended_at = now if session.ends_at is None else min(now, session.ends_at)
    Session.objects.filter(pk=session.pk, ended_at=None).update(ended_at=ended_at)
    session.refresh_from_db()
    return session


def end_idle_sessions(*, reader: Any = None, now: datetime | None = None) -> int:
    """End practice that nobody went on with for a while, as of when it was last gone on with.

    Args:
        reader: whose; everybody's by default.
        now: the time to reckon from.
    """
    sessions = Session.objects.filter(ended_at=None, mode=Session.Mode.PRACTICE)
    if reader is not None:
        sessions = sessions.filter(reader=reader)
    past = {
        name: Coalesce(Max(path), "started_at")
        for name, path in (
            ("given", "assignments__assigned_at"),
            ("drafted", "assignments__draft__updated_at"),
            ("submitted", "assignments__reading__submitted_at"),
        )
    }
    before = (now or timezone.now()) - IDLE_AFTER
    idle = sessions.annotate(**past).annotate(last=Greatest(*past)).filter(last__lt=before)
    ended = 0
    for pk, last in idle.values_list("pk", "last"):
        ended += Session.objects.filter(pk=pk, ended_at=None).update(ended_at=last)
    return ended


def _carry_over(session: Session) -> None:
    unread = Assignment.objects.filter(
        session__reader=session.reader_id,
        session__institution=session.institution_id,
        session__mode=session.mode,
        session__ended_at__isnull=False,
        reading__isnull=True,
        case__withdrawn_at__isnull=True,
    )
    for position, assignment in enumerate(unread.order_by("assigned_at", "pk"), start=1):
        assignment.session, assignment.position = session, position
        assignment.save(update_fields=["session", "position"])
