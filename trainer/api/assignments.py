"""An assignment as values for its serializer: what may be known before the answer is in."""

from typing import Any, Final

from trainer.api.images import describe_case
from trainer.learning.reasons import tell_challenge, tell_reason
from trainer.reading.domain.drafts import draft_as_json
from trainer.reading.models import Assignment, Session

# What a case was chosen to practise tells what is in it, so it is kept until it is read.
WHY_UNREAD: Final = {"competency": None, "label": "", "predicted": None, "returning": None}


def tell_why(assignment: Assignment) -> dict[str, Any]:
    """Why the case came up, for who has read it; of a test set there is nothing to tell."""
    if assignment.session.is_test:
        return {"mode": assignment.session.label, "text": "", **WHY_UNREAD}
    if assignment.session.mode == Session.Mode.CHALLENGE:
        challenge = getattr(assignment, "challenge", None)
        return tell_challenge(str(challenge.challenger) if challenge else None)
    return tell_reason(assignment.why)


def describe_assignment(assignment: Assignment) -> dict[str, Any]:
    draft = getattr(assignment, "draft", None)
    reading = getattr(assignment, "reading", None)
    why = tell_why(assignment)
    return {
        "id": assignment.pk,
        "session": assignment.session_id,
        "position": assignment.position,
        "why": why if reading else {**why, **WHY_UNREAD},
        "case": describe_case(assignment.case),
        "test": describe_place(assignment),
        "draft": draft_as_json(draft) if draft else None,
        "reading": reading.pk if reading else None,
    }


def describe_place(assignment: Assignment) -> dict[str, Any] | None:
    """Where in a test set a case stands, and how much time is left; None elsewhere."""
    session = assignment.session
    if not session.is_test:
        return None
    return {
        "session": session.pk,
        "form": session.form,
        "cases": session.assignments.count(),
        "open": session.is_open,
        "seconds_left": session.seconds_left,
    }
