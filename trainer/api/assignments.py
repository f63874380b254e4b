"""An assignment as values for its serializer: what may be known before the answer is in."""

from typing import Any, Final

from trainer.api.images import describe_case
from trainer.learning.reasons import tell_reason
from trainer.reading.domain.drafts import draft_as_json
from trainer.reading.models import Assignment

# What a case was chosen to practise tells what is in it, so it is kept until it is read.
WHY_UNREAD: Final = {"competency": None, "label": "", "predicted": None, "returning": None}


def describe_assignment(assignment: Assignment) -> dict[str, Any]:
    draft = getattr(assignment, "draft", None)
    reading = getattr(assignment, "reading", None)
    why = tell_reason(assignment.why)
    return {
        "id": assignment.pk,
        "session": assignment.session_id,
        "position": assignment.position,
        "why": why if reading else {**why, **WHY_UNREAD},
        "case": describe_case(assignment.case),
        "draft": draft_as_json(draft) if draft else None,
        "reading": reading.pk if reading else None,
    }
