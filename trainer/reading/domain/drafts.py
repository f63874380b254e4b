from typing import Any

from django.db import transaction
from django.utils import timezone

from trainer.reading.answers import check_draft
from trainer.reading.domain.assignments import check_readable
from trainer.reading.domain.forms import check_in_time
from trainer.reading.errors import AlreadyReadError, StaleDraftError
from trainer.reading.models import Assignment, Draft, Reading


def save_draft(*, assignment: Assignment, answers: dict[str, Any], revision: int) -> Draft:
    """Store the unfinished answers written on top of `revision` (0 for the first).

    Saving what is stored already returns it unchanged, so that a client which lost the
    answer to its last request may simply repeat it.

    Raises:
        InvalidAnswersError: a mark lies outside its image or a word is unknown.
        CaseWithdrawnError: the case was taken back.
        AlreadyReadError: the reading was submitted.
        TimeUpError, SessionEndedError: the case belongs to a test set that is over.
        StaleDraftError: another tab has saved a newer draft; it comes with the error.
    """
    check_readable(assignment)
    check_draft(answers, assignment.case)
    with transaction.atomic():
        Assignment.objects.select_for_update().get(pk=assignment.pk)
        if Reading.objects.filter(assignment=assignment).exists():
            raise AlreadyReadError()
        check_in_time(assignment.session)
        draft = Draft.objects.filter(assignment=assignment).first()
        if draft is not None and draft.revision == revision + 1 and draft.answers == answers:
            return draft
        if revision != (draft.revision if draft else 0):
            raise StaleDraftError(draft_as_json(draft))
        draft = draft or Draft(assignment=assignment)
        draft.answers, draft.revision, draft.updated_at = answers, revision + 1, timezone.now()
        draft.save()
        return draft


def draft_as_json(draft: Draft | None) -> dict[str, Any]:
    """A draft as values; what stands before the first save is revision 0, without answers."""
    if draft is None:
        return {"answers": None, "revision": 0, "updated_at": None}
    return {
        "answers": draft.answers,
        "revision": draft.revision,
        "updated_at": draft.updated_at,
    }
